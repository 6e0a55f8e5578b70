"""The engine for teams: an index on an OpenSearch or Elasticsearch 7 cluster."""
