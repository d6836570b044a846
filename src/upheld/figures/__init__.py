"""Every number, once: figures declared in words and in columns, counted over fact rows, rates worked out exactly."""
