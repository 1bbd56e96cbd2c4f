from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "danvan.outreach"
    label = "outreach"
    verbose_name = "Thông báo"
