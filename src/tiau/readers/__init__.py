"""Where scenarios and reports come from: one file a format, and the parts that formats share."""
