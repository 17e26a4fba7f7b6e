"""Documents: whether all that one source prints can be true together."""

from irtysh.evaluation.documents.assertions import Assertion, assertions_of
from irtysh.evaluation.documents.conflict import Conflict, Element
from irtysh.evaluation.documents.search import conflicts_of

__all__ = ["Assertion", "Conflict", "Element", "assertions_of", "conflicts_of"]
