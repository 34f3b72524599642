"""Choice: pick one or several; every option says why it is right or wrong."""
