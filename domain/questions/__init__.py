"""Questions about directives in plain Vietnamese: read by rules, without a language model.

A question only ever shows something; what is misread is seen in the answer's first line and changes nothing.
"""

from domain.questions.model import NONE, Measure, Question
from domain.questions.others import alternatives
from domain.questions.reading import read_question

__all__ = ["NONE", "Measure", "Question", "alternatives", "read_question"]
