from django.urls import path

from fitpages import views

urlpatterns = [
    path("run/<name>/", views.pair, name="pair"),
    path("healthz", views.healthz, name="healthz"),
]
