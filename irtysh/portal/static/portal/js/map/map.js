/* The moving map. The page is complete without it: the list holds everything that is drawn. */
(async () => {
  "use strict";
  const frame = document.getElementById("map");
  const settings = JSON.parse(document.getElementById("map-settings").textContent);
  const { words } = settings;
  const signs = window.irtyshSigns;
  const empty = { type: "FeatureCollection", features: [] };
  const places = new Map();
  const { clientWidth } = frame;
  const home = settings.windows[clientWidth < 500 ? "narrow" : "wide"];
  let library = window.maplibregl;
  let map;
  let popup = null; // {box, from}: what is open, and the item of the list that opened it
  let ground = empty;
  let shown = new Set();
  let picked = "";
  let here = null;

  const features = () => [...places.values()].filter((one) => shown.has(one.properties.id));
  const collection = (found) => ({ type: "FeatureCollection", features: found });
  const signOf = (one) => {
    const { layer, side, own } = one.properties;
    return `sign|${layer}|${side}|${own ? 1 : 0}`;
  };

  const points = () =>
    collection(
      features()
        .filter((one) => one.properties.drawn === "point")
        .map((one) => ({ ...one, properties: { ...one.properties, sign: signOf(one) } })),
    );

  const names = () => {
    const named = [];
    const add = (at, text, face, weight) => {
      if (!text) return;
      named.push({
        type: "Feature",
        geometry: { type: "Point", coordinates: at },
        properties: { sign: `name|${face}|${text.replaceAll("|", " ")}`, weight, face },
      });
    };
    for (const { properties } of ground.features) {
      if (properties.what === "side") {
        add(properties.at, properties.name, properties.side, 0);
      } else if (properties.what === "area" && properties.side !== "A") {
        add(properties.at, properties.name, "area", properties.near ? 3 : 4);
      } else if (properties.what === "river") {
        add(properties.at, properties.name, "river", 2.5);
      }
    }
    // Of two cities too near to name both, the one with more records wins.
    const records = new Map();
    for (const { geometry } of places.values()) {
      const at = geometry.coordinates.join();
      records.set(at, (records.get(at) || 0) + 1);
    }
    for (const { geometry, properties } of places.values()) {
      const at = geometry.coordinates;
      if (properties.named) add(at, properties.title, "city", 1 + 1 / records.get(at.join()));
    }
    return collection(named);
  };

  const shapesShown = () => collection(shapes.filter((one) => shown.has(one.properties.id)));
  let shapes = [];

  const chosen = () => {
    const one = places.get(picked);
    const areas = one?.properties.area || "";
    return { point: one ? [one] : [], area: areas };
  };

  const fill = (id, filter, hue, opacity = 1) => ({
    id, type: "fill", source: "ground", filter,
    paint: { "fill-color": signs.colour(hue), "fill-opacity": opacity },
  });
  const stroke = (id, what, hue, width, more = {}) => ({
    id, type: "line", source: "ground", filter: ["==", ["get", "what"], what],
    layout: { "line-join": "round" },
    paint: { "line-color": signs.colour(hue), "line-width": width, ...more },
  });
  const area = (...conditions) => ["all", ["==", ["get", "what"], "area"], ...conditions];

  const style = () => ({
    version: 8,
    sources: {
      ground: { type: "geojson", data: ground },
      shapes: { type: "geojson", data: shapesShown() },
      names: { type: "geojson", data: names() },
      points: { type: "geojson", data: points(), cluster: true, clusterRadius: 34, clusterMaxZoom: 14 },
      picked: { type: "geojson", data: collection(chosen().point) },
      here: { type: "geojson", data: here ? collection([here]) : empty },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": signs.colour("panel") } },
      fill("land", area(["==", ["get", "side"], ""]), "land"),
      fill("side-b", area(["==", ["get", "side"], "B"]), "side-b-soft"),
      fill("near-b", area(["==", ["get", "near"], true]), "side-b", 0.16),
      fill("side-a", area(["==", ["get", "side"], "A"]), "side-a-soft"),
      fill("lakes", ["==", ["get", "what"], "lake"], "water", 0.55),
      stroke("rivers", "river", "water", ["interpolate", ["linear"], ["zoom"], 4, 1, 9, 3]),
      stroke("regions", "region", "rest", 0.8, { "line-opacity": 0.7 }),
      stroke("edges", "edge", "rest", 0.8, { "line-opacity": 0.7 }),
      stroke("newer", "newer", "rest", 0.8, { "line-dasharray": [5, 3] }),
      stroke("state", "state", "ink-soft", 1.6),
      stroke("border-halo", "border", "paper", 6),
      stroke("border", "border", "ink", 3.6),
      stroke("border-heart", "border", "paper", 1.1),
      {
        id: "picked-area", type: "line", source: "ground",
        filter: area(["==", ["get", "id"], chosen().area]),
        paint: { "line-color": signs.colour("accent"), "line-width": 3 },
      },
      {
        id: "shapes", type: "line", source: "shapes",
        paint: { "line-color": signs.colour("both"), "line-width": 3 },
      },
      {
        id: "picked", type: "circle", source: "picked",
        paint: {
          "circle-radius": 18, "circle-color": signs.colour("shade"), "circle-opacity": 0.7,
          "circle-stroke-width": 3, "circle-stroke-color": signs.colour("accent"),
        },
      },
      {
        id: "points", type: "symbol", source: "points", filter: ["!", ["has", "point_count"]],
        layout: { "icon-image": ["get", "sign"], "icon-allow-overlap": true },
      },
      {
        id: "clusters", type: "symbol", source: "points", filter: ["has", "point_count"],
        layout: {
          "icon-image": ["concat", "count|", ["to-string", ["get", "point_count"]]],
          "icon-allow-overlap": true,
        },
      },
      {
        id: "names", type: "symbol", source: "names",
        layout: {
          "icon-image": ["get", "sign"], "symbol-sort-key": ["get", "weight"], "icon-padding": 3,
          "icon-anchor": ["match", ["get", "face"], "city", "top", "center"],
          "icon-offset": ["match", ["get", "face"], "city", ["literal", [0, 13]], ["literal", [0, 0]]],
        },
      },
      {
        id: "here", type: "circle", source: "here",
        paint: {
          "circle-radius": 7, "circle-color": signs.colour("accent"),
          "circle-stroke-width": 3, "circle-stroke-color": signs.colour("paper"),
        },
      },
    ],
  });

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const told = (one, tag) => {
    const { title, path, kind, note } = one.properties;
    const box = element(tag);
    const link = element("a", title, "map-popup__title");
    link.href = path;
    box.append(link);
    const said = [kind, note].filter(Boolean).join(" · ");
    if (said) box.append(element("div", said, "soft"));
    return box;
  };

  const goBack = (from) => (from ? list.control(from) : map.getCanvas()).focus();

  const close = () => {
    const last = popup;
    popup = null;
    last?.box.remove();
    return last;
  };

  const open = (at, found, from = null) => {
    close();
    const box = element("div", "", "map-popup");
    if (found.length === 1) {
      box.append(told(found[0], "div"));
    } else {
      box.append(element("strong", list.filled(words.many, { count: found.length })));
      const inner = element("ul");
      inner.append(...found.map((one) => told(one, "li")));
      box.append(inner);
    }
    const opened = new library.Popup({ offset: 14, maxWidth: "19rem", focusAfterOpen: false })
      .setLngLat(at)
      .setDOMContent(box)
      .addTo(map);
    popup = { box: opened, from };
    opened.on("close", () => {
      if (popup?.box !== opened) return;
      popup = null;
      goBack(from);
    });
    box.querySelector("a").focus({ preventScroll: true });
  };

  frame.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !popup) return;
    event.stopPropagation();
    goBack(close().from);
  });

  const mark = () => {
    if (!map?.getSource("picked")) return;
    map.getSource("picked").setData(collection(chosen().point));
    map.setFilter("picked-area", area(["==", ["get", "id"], chosen().area]));
  };

  /* What the list asks of the map. */
  const served = {
    place: (id) => places.get(id)?.geometry.coordinates,
    show: (ids) => {
      shown = ids;
      close();
      map?.getSource("points")?.setData(points());
      map?.getSource("shapes")?.setData(shapesShown());
      frame.dataset.points = features().length;
    },
    close,
    point: (id, opens, item) => {
      const one = places.get(id);
      picked = one ? id : "";
      mark();
      if (!opens) close();
      if (!one || !map) return;
      const at = one.geometry.coordinates;
      const { clientWidth: width, clientHeight: height } = map.getContainer();
      const { x, y } = map.project(at);
      const isInside = x > 40 && y > 40 && x < width - 40 && y < height - 40;
      if (!isInside) map.easeTo({ center: at, duration: 300 });
      if (opens) {
        if (frame.getBoundingClientRect().bottom < 120) frame.scrollIntoView({ block: "nearest" });
        open(at, [one], item);
      }
    },
  };
  const list = window.irtyshList(words, served);

  for (const sign of document.querySelectorAll("[data-sign]")) {
    const ids = { own: "sign|towns|A|1", borrowed: "sign|towns|A|0", many: "count|5" };
    const drawn = signs.drawn(ids[sign.dataset.sign] || `sign|${sign.dataset.sign}||1`);
    const picture = element("img");
    picture.alt = "";
    picture.src = drawn.toDataURL();
    sign.replaceChildren(picture);
  }

  const failed = () => {
    frame.dataset.state = "still";
    list.status.textContent = words.failed;
  };

  const press = async (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers: ["clusters", "points"] });
    const [first] = found;
    if (first?.properties.point_count) {
      const source = map.getSource("points");
      const leaves = await source.getClusterLeaves(first.properties.cluster_id, Infinity, 0);
      const spread = new library.LngLatBounds();
      leaves.forEach((one) => spread.extend(one.geometry.coordinates));
      const isOnePlace = Math.max(spread.getEast() - spread.getWest(), spread.getNorth() - spread.getSouth()) < 0.01;
      if (isOnePlace || map.getZoom() >= map.getMaxZoom() - 0.1) {
        open(first.geometry.coordinates, leaves.map((one) => places.get(one.properties.id)));
      } else {
        map.fitBounds(spread, { padding: 70, duration: 300, maxZoom: map.getMaxZoom() });
      }
      return;
    }
    let one = first && places.get(first.properties.id);
    if (!one) {
      const [ground] = map.queryRenderedFeatures(event.point, { layers: ["side-a", "side-b", "land"] });
      one = ground && features().find((other) => other.properties.area === ground.properties.id);
    }
    if (!one) return;
    picked = one.properties.id;
    mark();
    open(first ? one.geometry.coordinates : event.lngLat, [one]);
  };

  const nearMe = () => {
    if (!navigator.geolocation) {
      list.status.textContent = words.refused;
      return;
    }
    list.status.textContent = words.searching;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const at = [coords.longitude, coords.latitude];
        here = { type: "Feature", geometry: { type: "Point", coordinates: at }, properties: {} };
        map.getSource("here").setData(collection([here]));
        list.sortFrom(at);
        const [[west, south], [east, north]] = settings.windows.wide;
        const isNear = at[0] > west && at[0] < east && at[1] > south && at[1] < north;
        if (isNear) map.easeTo({ center: at, zoom: 7, duration: 300 });
        list.status.textContent = isNear ? words.found : words.far;
      },
      () => {
        list.status.textContent = words.refused;
      },
      { maximumAge: 600000, timeout: 20000 },
    );
  };

  list.status.textContent = list.filter();
  try {
    const [found, under] = await Promise.all(
      [settings.points, settings.ground].map(async (address) => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      }),
    );
    ground = under;
    for (const one of found.features) {
      if (one.properties.drawn === "shape") shapes.push(one);
      else places.set(one.properties.id, one);
    }
    const letters = [...places.values()].map((one) => one.properties.title).join("");
    await Promise.all(
      ["600 14px", "500 13px"].map((face) => document.fonts.load(`${face} "Golos Text"`, `${letters}0123456789`)),
    );
    frame.dataset.points = features().length;
    library.setWorkerUrl(settings.worker);
    library.setWorkerCount(1);
    frame.dataset.state = "moving";
    map = new library.Map({
      container: frame,
      style: style(),
      bounds: home,
      minZoom: 2.5,
      maxZoom: 10,
      renderWorldCopies: false,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      cooperativeGestures: true,
      locale: {
        "Map.Title": words.map,
        "NavigationControl.ZoomIn": words.in,
        "NavigationControl.ZoomOut": words.out,
        "Popup.Close": words.close,
        "CooperativeGesturesHandler.WindowsHelpText": words.wheel,
        "CooperativeGesturesHandler.MacHelpText": words.wheelMac,
        "CooperativeGesturesHandler.MobileHelpText": words.fingers,
      },
    });
  } catch {
    failed();
    return;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.on("styleimagemissing", ({ id }) => {
    const picture = signs.picture(id);
    if (picture && !map.hasImage(id)) map.addImage(id, picture, { pixelRatio: signs.SCALE });
  });
  map.on("click", press);
  for (const layer of ["points", "clusters"]) {
    map.on("mouseenter", layer, () => map.getCanvas().classList.add("map-hand"));
    map.on("mouseleave", layer, () => map.getCanvas().classList.remove("map-hand"));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    map.setStyle(style(), { diff: false }));

  document.querySelector(".map-tools").hidden = false;
  for (const one of document.querySelectorAll(".map-legend__own")) one.hidden = false;
  document.getElementById("map-near").addEventListener("click", nearMe);
  document.getElementById("map-whole").addEventListener("click", () =>
    map.fitBounds(home, { duration: 300 }));

  map.once("idle", () => {
    frame.dataset.ready = "yes";
    const asked = decodeURIComponent(location.hash.slice(1));
    const item = list.byId.get(asked);
    if (item && places.has(asked)) list.choose(item, true);
  });
})();
