queues = ["mail", "print"]
