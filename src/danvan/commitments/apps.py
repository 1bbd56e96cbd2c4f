from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "danvan.commitments"
    label = "commitments"
    verbose_name = "Nghĩa vụ"
