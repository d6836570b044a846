"""What comes in from outside: registers uploaded in the browser, understood, put right, tried and imported by jobs."""
