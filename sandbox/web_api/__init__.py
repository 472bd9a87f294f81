"""The Web API methods of the sandbox, with their scopes and rate limits."""

from sandbox.web_api.apps import METHODS as APPS
from sandbox.web_api.blocks import METHODS as BLOCKS
from sandbox.web_api.chat import METHODS as CHAT
from sandbox.web_api.conversations import METHODS as CONVERSATIONS
from sandbox.web_api.files import METHODS as FILES
from sandbox.web_api.method import Method, MethodContext
from sandbox.web_api.reactions import METHODS as REACTIONS
from sandbox.web_api.users import METHODS as USERS
from sandbox.web_api.views import METHODS as VIEWS

METHODS: dict[str, Method] = {
    method.name: method for method in (*APPS, *BLOCKS, *CHAT, *CONVERSATIONS, *FILES, *REACTIONS, *USERS, *VIEWS)
}

__all__ = ["METHODS", "Method", "MethodContext"]
