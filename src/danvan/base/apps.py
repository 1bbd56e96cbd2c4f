from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "danvan.base"
    label = "base"
    verbose_name = "Nền tảng"
