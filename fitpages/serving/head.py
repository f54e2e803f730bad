"""HEAD is GET without the body, from the application on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse


class HeadMiddleware:
    """Takes the body off answers to HEAD, before a server that is handed one logs a complaint.

    It comes first in MIDDLEWARE, so that the headers are those that GET has, Content-Length and Content-Encoding too.
    What a body would be read from, a file or a generator, is closed unread with its response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response
