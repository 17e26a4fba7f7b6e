/* Signs and names of the map, drawn in the browser: shape is the side, mark is the layer. */
window.irtyshSigns = (() => {
  "use strict";
  const SCALE = 2;
  const SIZE = 26;

  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--c-${name}`).trim();

  const canvas = (width, height) => {
    const sheet = document.createElement("canvas");
    sheet.width = Math.ceil(width) * SCALE;
    sheet.height = Math.ceil(height) * SCALE;
    const pen = sheet.getContext("2d", { willReadFrequently: true });
    pen.scale(SCALE, SCALE);
    return [sheet, pen];
  };

  /* Side A is a disc, side B a diamond, both or neither a square: never colour alone. */
  const outline = (pen, side) => {
    const middle = SIZE / 2;
    pen.beginPath();
    if (side === "A") {
      pen.arc(middle, middle, 9.5, 0, 2 * Math.PI);
    } else if (side === "B") {
      pen.moveTo(middle, 1.5);
      pen.lineTo(SIZE - 1.5, middle);
      pen.lineTo(middle, SIZE - 1.5);
      pen.lineTo(1.5, middle);
      pen.closePath();
    } else {
      pen.rect(4.5, 4.5, 17, 17);
    }
  };

  const line = (pen, ...points) => {
    pen.beginPath();
    points.forEach(([x, y], step) => (step ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  };

  const MARKS = {
    territories: (pen) => line(pen, [9, 16], [11, 9.5], [17, 10.5], [16, 16.5], [9, 16]),
    crossings: (pen) => {
      line(pen, [9.5, 9], [9.5, 17]);
      line(pen, [9.5, 11.5], [17.5, 11.5]);
    },
    links: (pen) => {
      pen.beginPath();
      pen.moveTo(8.5, 14);
      pen.bezierCurveTo(11, 8.5, 14, 18, 17.5, 11.5);
      pen.stroke();
    },
    towns: (pen) => {
      pen.beginPath();
      pen.arc(13, 13, 2.6, 0, 2 * Math.PI);
      pen.fill();
    },
    organisations: (pen) => line(pen, [9.5, 17], [9.5, 11.5], [13, 9], [16.5, 11.5], [16.5, 17], [9.5, 17]),
    projects: (pen) => line(pen, [13, 9], [17, 16.5], [9, 16.5], [13, 9], [17, 16.5]),
    initiatives: (pen) => {
      line(pen, [13, 9], [13, 17]);
      line(pen, [9, 13], [17, 13]);
    },
    events: (pen) => {
      line(pen, [9.5, 10.5], [16.5, 10.5], [16.5, 16.8], [9.5, 16.8], [9.5, 10.5], [16.5, 10.5]);
      line(pen, [11.2, 8.8], [11.2, 10.5]);
      line(pen, [14.8, 8.8], [14.8, 10.5]);
    },
    obstacles: (pen) => {
      line(pen, [13, 8.5], [13, 14]);
      pen.beginPath();
      pen.arc(13, 16.8, 1.2, 0, 2 * Math.PI);
      pen.fill();
    },
  };

  const paint = (side) =>
    ({ A: "side-a", B: "side-b-ink", AB: "both" })[side] || "ink-soft";

  /* A sign filled with its colour stands at its own place; a hollow one with a broken line does not. */
  const sign = (layer, side, isOwn) => {
    const [sheet, pen] = canvas(SIZE, SIZE);
    const hue = colour(paint(side));
    const paper = colour("paper");
    pen.lineJoin = pen.lineCap = "round";
    outline(pen, side);
    pen.lineWidth = 4;
    pen.strokeStyle = paper;
    pen.stroke();
    pen.fillStyle = isOwn ? hue : paper;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = hue;
    if (!isOwn) pen.setLineDash([3.4, 3]);
    pen.stroke();
    pen.setLineDash([]);
    pen.lineWidth = 1.7;
    pen.strokeStyle = pen.fillStyle = isOwn ? paper : hue;
    if (MARKS[layer]) MARKS[layer](pen);
    return sheet;
  };

  const count = (text) => {
    const size = text.length > 2 ? 36 : 31;
    const [sheet, pen] = canvas(size, size);
    pen.beginPath();
    pen.arc(size / 2, size / 2, size / 2 - 2, 0, 2 * Math.PI);
    pen.fillStyle = colour("paper");
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = colour("ink");
    pen.stroke();
    pen.beginPath();
    pen.arc(size / 2, size / 2, size / 2 - 5, 0, 2 * Math.PI);
    pen.stroke();
    pen.fillStyle = colour("ink");
    pen.font = `600 13px "Golos Text", sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(text, size / 2, size / 2 + 0.5);
    return sheet;
  };

  const FACES = {
    city: { font: "600 14px", hue: "ink" },
    area: { font: "500 13px", hue: "ink-soft" },
    A: { font: "600 15px", hue: "side-a" },
    B: { font: "600 15px", hue: "side-b-ink" },
    river: { font: "italic 500 13px", hue: "water" },
  };

  /* A name: broken into lines at blanks, with a halo of the ground. */
  const name = (face, text) => {
    const { font, hue } = FACES[face] || FACES.area;
    const [, ruler] = canvas(1, 1);
    ruler.font = `${font} "Golos Text", sans-serif`;
    const lines = [];
    for (const word of text.split(" ")) {
      const last = lines[lines.length - 1];
      if (last && `${last} ${word}`.length <= 16) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    const width = Math.max(...lines.map((one) => ruler.measureText(one).width)) + 8;
    const step = 17;
    const [sheet, pen] = canvas(width, lines.length * step + 6);
    pen.font = ruler.font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3.5;
    pen.strokeStyle = colour("paper");
    pen.fillStyle = colour(hue);
    lines.forEach((one, number) => {
      const y = 3 + step * (number + 0.5);
      pen.strokeText(one, width / 2, y);
      pen.fillText(one, width / 2, y);
    });
    return sheet;
  };

  /* "sign|crossings|A|1", "count|12", "name|city|Омск" → a picture for the map. */
  const drawn = (id) => {
    const [kind, first, second, third] = id.split("|");
    if (kind === "sign") return sign(first, second, third === "1");
    if (kind === "count") return count(first);
    if (kind === "name") return name(first, second);
    return null;
  };

  const picture = (id) => {
    const sheet = drawn(id);
    if (!sheet) return null;
    return sheet.getContext("2d").getImageData(0, 0, sheet.width, sheet.height);
  };

  return { SCALE, colour, drawn, picture };
})();
