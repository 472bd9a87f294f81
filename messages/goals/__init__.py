"""A plan and its goals: the view of it, and its forms."""

from messages.goals.buttons import plan_button, plan_offer
from messages.goals.goal_form import goal_form, parse_goal, values_of_goal
from messages.goals.plan_form import parse_plan, plan_form, values_of_plan
from messages.goals.progress_form import parse_progress, progress_form
from messages.goals.view import own_view, partner_view
from messages.goals.wording import talked_about

__all__ = [
    "goal_form",
    "own_view",
    "parse_goal",
    "parse_plan",
    "parse_progress",
    "partner_view",
    "plan_button",
    "plan_form",
    "plan_offer",
    "progress_form",
    "talked_about",
    "values_of_goal",
    "values_of_plan",
]
