"""Parts of the connector each alone, beside the libraries that one would otherwise take: nothing is sent and nothing is kept."""
