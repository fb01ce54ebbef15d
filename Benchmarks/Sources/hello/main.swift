print("准绳")
