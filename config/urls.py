"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import include, path

from config.admin_addresses import leads_to_the_admin
from config.sign_in.by_mail import patterns as new_password_by_mail
from config.sign_in.door import SignInForm, sign_in
from config.sign_in.new_password import NewPassword
from fitpages.desk.urls import urlpatterns as desk_addresses
from fitpages.urls import urlpatterns as public_addresses

admin.site.site_header = "Run It Locally: the catalog"
admin.site.site_title = "Catalog"
admin.site.index_title = "GPUs, models and quantizations"
admin.site.login_form = SignInForm

urlpatterns = [
    *public_addresses,
    # Before the admin's own, which take every address below /admin/.
    *desk_addresses,
    # Before the admin's own, which lead to wherever on the site `next` says.
    path("admin/login/", leads_to_the_admin(sign_in)),
    path("admin/logout/", leads_to_the_admin(admin.site.admin_view(admin.site.logout))),
    # Before the admin's own, which looks at any number of old passwords, all at once.
    path("admin/password_change/", admin.site.admin_view(NewPassword.as_view())),
    path("admin/", include(new_password_by_mail)),
    path("admin/", admin.site.urls),
]

handler400 = "fitpages.views.errors.bad_request"
handler403 = "config.sign_in.pages.forbidden"
handler404 = "fitpages.views.errors.not_found"
handler500 = "fitpages.views.errors.server_error"
