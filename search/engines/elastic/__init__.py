"""Search on Elasticsearch, for a site that has outgrown one machine. Needs a server of 8.x, no plugin."""
