"""The engine for teams: an index on an OpenSearch or Elasticsearch 7 cluster."""

from __future__ import annotations

from readouts_cli.errors import MissingExtraError

try:
    import opensearchpy  # noqa: F401
except ImportError:
    raise MissingExtraError("the engine opensearch", "opensearch") from None
