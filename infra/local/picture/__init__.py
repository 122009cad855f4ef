"""The dashboard of a local run as a picture: what CloudWatch would draw of the same metrics."""
