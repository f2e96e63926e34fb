"""Where posts come from: files, addresses, feeds, exports, sitemaps. The only room that asks the web."""
