"""From a case folder to a release: read, check, compute, render, publish."""

from irtysh.publication.publish import Outcome, case_of, publish_case

__all__ = ["Outcome", "case_of", "publish_case"]
