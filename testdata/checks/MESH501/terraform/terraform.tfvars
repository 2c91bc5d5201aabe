listeners = [15001, 8080]
