import time
from irtysh.portal.sitemap import _addresses
def test_x(portal, client, rf):
    t=time.time()
    paths=list(_addresses(rf.get("/ru/")))
    print(len(paths), time.time()-t)
    for lang in ("ru",):
        t=time.time(); slow=[]; tot=0
        for p in paths:
            t1=time.time()
            r=client.get(f"/{lang}/{p}")
            tot+=len(r.content)
            slow.append((round(time.time()-t1,3),len(r.content),p,r.status_code))
        print(lang,time.time()-t,tot, sorted(slow)[-25:])
        import collections
        print(collections.Counter(s[3] for s in slow))
        slow.sort(); print(slow[len(slow)//2])
