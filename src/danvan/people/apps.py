from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "danvan.people"
    label = "people"
    verbose_name = "Kho thông tin liên hệ"
