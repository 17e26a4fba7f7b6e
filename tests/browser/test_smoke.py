def test_x(window):
    p=window()
    import time; t=time.time()
    p.goto("/ru/"); print(p.title(), time.time()-t)
    p=window(scripts=False)
    p.goto("/ru/trade/turnover/"); print(len(p.locator("main").inner_text()))
    print(p.evaluate("1+1"))
