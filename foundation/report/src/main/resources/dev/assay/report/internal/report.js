// Draws the charts of the page from the data in it. Nothing is loaded, and no text is ever read as markup: tooltips are
// drawn as text into the chart (renderMode richText), labels are SVG text.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('charts').textContent);
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll('.chart')];
  const drawn = new Map();
  const hidden = new Map();
  const PAPER = { wide: 690, small: 330 };
  const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Liberation Sans, Arial, sans-serif';

  // Numbers by the rules of the page's tables: see Numbers.java.
  const THIN = '\u202f';
  function power(x) {
    const [digits, exponent] = x.toExponential(2).split('e');
    const small = [...String(Number(exponent))].map(c => (c === '-' ? '\u207b' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c])).join('');
    const factor = digits.replace(/\.?0+$/, '').replace('-', '\u2212');
    return (factor === '1' ? '' : factor + '\u00a0×\u00a0') + '10' + small;
  }
  function number(x) {
    if (x === null || !Number.isFinite(x)) return '–';
    const size = Math.abs(x);
    if (size !== 0 && (size < 1e-4 || size >= 1e15)) return power(x);
    let text = Number.isInteger(x) ? size.toFixed(0) : String(Number(size.toPrecision(4)));
    if (size >= 10000) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
    return (x < 0 ? '\u2212' : '') + text;
  }
  // Labels of one axis share their unit, which follows from the axis's largest value.
  function ticks(values) {
    const largest = values.reduce((most, v) => (v === null || v === undefined ? most : Math.max(most, Math.abs(v))), 0);
    const [unit, word] = largest >= 1e15 ? [1, ''] : largest >= 1e9 ? [1e9, 'bn'] : largest >= 1e6 ? [1e6, 'M'] : [1, ''];
    return x => number(x / unit) + (word && x !== 0 ? '\u00a0' + word : '');
  }
  // Logarithms are taken here and not by the chart library, whose logarithmic axis rounds to ten decimals.
  const power10 = x => (x >= 6 && Number.isInteger(x) ? power(10 ** x) : number(Number((10 ** x).toPrecision(3))));
  const log10 = x => (x === null || x === undefined || !(x > 0) ? null : Math.log10(x));
  function logged(t, values) {
    const finite = values.map(log10).filter(v => v !== null);
    if (finite.length === 0) return valueAxis(t, power10);
    const low = finite.reduce((a, b) => Math.min(a, b));
    const high = finite.reduce((a, b) => Math.max(a, b));
    if (high - low < 1.2) return valueAxis(t, power10, { scale: true });
    const step = Math.ceil((high - low) / 6);
    return valueAxis(t, power10, { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step, interval: step });
  }
  // The step that the chart library takes between labels that are to be about so far apart.
  function niceStep(apart) {
    const power = 10 ** Math.floor(Math.log10(apart));
    const factor = apart / power;
    return (factor < 1.5 ? 1 : factor < 2.5 ? 2 : factor < 4 ? 3 : factor < 7 ? 5 : 10) * power;
  }
  function cut(text, letters) {
    const points = [...text];
    return points.length <= letters ? text : points.slice(0, Math.max(1, letters - 1)).join('') + '…';
  }
  // A brace would begin a style name in the chart library's text language.
  const literal = text => text.replace(/\{/g, '{\u200b');

  function theme() {
    const style = getComputedStyle(root);
    const get = name => style.getPropertyValue(name).trim();
    return {
      ink: get('--ink'), soft: get('--soft'), rule: get('--rule'), faint: get('--faint'),
      paper: get('--paper'), raised: get('--raised'), slot: i => get('--slot-' + i),
    };
  }

  function base(t) {
    return {
      animation: false,
      textStyle: { fontFamily: FONT, fontSize: 11.5, color: t.soft },
      legend: { show: false },
      grid: { left: 4, right: 14, top: 8, bottom: 4, containLabel: true },
      tooltip: {
        renderMode: 'richText', confine: true, backgroundColor: t.raised, borderColor: t.faint, borderWidth: 1, padding: [7, 10],
        textStyle: { color: t.ink, fontSize: 12, lineHeight: 17, fontFamily: FONT },
      },
    };
  }
  function valueAxis(t, format, more) {
    return {
      type: 'value', splitNumber: 4,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: t.rule } },
      axisLabel: { color: t.soft, fontSize: 11.5, fontFamily: FONT, formatter: format, hideOverlap: true }, ...more,
    };
  }
  function plainAxis(t, format, more) {
    return valueAxis(t, format, { splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: t.faint } },
      axisTick: { show: true, lineStyle: { color: t.faint } }, ...more });
  }
  function categoryAxis(t, names, every) {
    return {
      type: 'category', data: names,
      axisLine: { lineStyle: { color: t.faint } }, axisTick: { show: false },
      axisLabel: { color: t.ink, fontSize: 11.5, fontFamily: FONT, interval: every, hideOverlap: true },
    };
  }
  const pen = document.createElement('canvas').getContext('2d');
  function widthOf(text) {
    pen.font = '11.5px ' + FONT;
    return pen.measureText(text).width;
  }
  function fitting(text, width) {
    let letters = [...text].length;
    if (letters > 60) letters = 60;
    while (letters > 4 && widthOf(cut(text, letters)) > width) letters--;
    return cut(text, letters);
  }

  // Names below each other where they do not fit side by side; a scale of numbers may leave some out instead.
  function layout(names, groups, width, each) {
    const longest = Math.max(1, ...names.map(widthOf));
    const place = (width - 50) / Math.max(1, names.length);
    const scale = names.length > 6 && names.every(name => name.trim() !== '' && Number.isFinite(Number(name)));
    return longest + 8 <= place || (scale && place >= 4)
      ? { across: false, every: scale ? 'auto' : 0 }
      : across(names, Math.max(19, groups * each + 8), width);
  }
  function across(names, row, width) {
    return { across: true, every: 0, room: width * 0.42, height: names.length * row + 34 };
  }
  function withLayout(option, t, names, plan, value) {
    const category = categoryAxis(t, names, plan.every);
    if (plan.across) {
      // The chart library estimates the room for long lists of names from some of them; here all are measured.
      const shown = names.map(name => fitting(name, plan.room));
      category.axisLabel.formatter = (_, i) => shown[i];
      option.grid = { left: Math.ceil(Math.max(20, ...shown.map(widthOf))) + 12, right: 16, top: 6, bottom: 24, containLabel: false };
      option.yAxis = { ...category, inverse: true };
      option.xAxis = value;
    } else {
      option.xAxis = category;
      option.yAxis = value;
    }
    option.height = plan.height;
    option.across = plan.across;
    return option;
  }
  function rows(heading, series, text) {
    return literal([heading, ...series.map((s, i) => (series.length > 1 || s.name ? cut(s.name || 'value', 40) + '  ' : '') + text(s, i))].join('\n'));
  }

  const draw = {
    bars(figure, t, width) {
      // Several series against a reference: the reference as bars, the others as marks on them. It takes one row where
      // bars side by side take five, and it is the difference that is looked for.
      const marks = figure.series.length > 2 && figure.series.some(s => s.slot === 0);
      const plan = layout(figure.categories, marks ? 1 : figure.series.length, width, 7);
      const option = base(t);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'shadow', shadowStyle: { color: t.soft, opacity: 0.1 } };
      option.tooltip.formatter = shown =>
        rows(figure.categories[shown[0].dataIndex], figure.series, s => number(s.values[shown[0].dataIndex] ?? null));
      option.series = figure.series.map((s, n) => {
        const common = { name: String(n), itemStyle: { color: t.slot(s.slot) } };
        if (marks && s.slot !== 0) {
          return { ...common, type: 'scatter', symbol: 'path://' + data.marks[s.slot], symbolSize: 7.5, z: 4,
            itemStyle: { color: t.slot(s.slot), borderColor: t.paper, borderWidth: 0.7 },
            data: s.values.map((v, i) => (plan.across ? [v ?? '-', i] : [i, v ?? '-'])) };
        }
        return { ...common, type: 'bar', data: s.values.map(v => v ?? '-'), barMaxWidth: marks && plan.across ? 13 : 26,
          itemStyle: { color: t.slot(s.slot), opacity: marks ? 0.45 : 0.9 },
          barGap: figure.series.length > 2 ? '8%' : '4%', barCategoryGap: '30%' };
      });
      const values = figure.series.flatMap(s => s.values);
      // Shares end at 100 %, however the ticks fall.
      const whole = figure.shares && values.some(v => v > 80) ? { min: 0, max: 100, interval: 20 } : {};
      return withLayout(option, t, figure.categories, plan, valueAxis(t, ticks(values), whole));
    },

    intervals(figure, t, width) {
      const count = figure.series.length;
      // Always across: a chart is wider than high, and intervals are often narrow.
      const plan = across(figure.categories, Math.max(24, count * 11 + 12), width);
      const option = base(t);
      const interval = (s, i) =>
        number(s.values[i] ?? null) + ((s.low[i] ?? null) === null || (s.high[i] ?? null) === null ? '' : ` [${number(s.low[i])}, ${number(s.high[i])}]`);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'shadow', shadowStyle: { color: t.soft, opacity: 0.1 } };
      option.tooltip.formatter = shown =>
        rows(figure.categories[shown[0].dataIndex], figure.series, s => interval(s, shown[0].dataIndex));
      option.series = figure.series.map((s, n) => ({
        type: 'custom', name: String(n), itemStyle: { color: t.slot(s.slot) }, encode: { x: [1, 2, 3], y: 0 },
        data: figure.categories.map((_, i) => [i, s.values[i] ?? NaN, s.low[i] ?? NaN, s.high[i] ?? NaN]),
        renderItem: (_, api) => {
          const at = api.value(0);
          const band = Math.abs(api.size([0, 1])[1]);
          const shift = (n - (count - 1) / 2) * Math.min(16, (band * 0.8) / count);
          const point = value => {
            const [x, y] = api.coord([value, at]);
            return [x, y + shift];
          };
          const children = [];
          const stroke = { stroke: t.slot(s.slot), lineWidth: 1.6, fill: 'none' };
          if (Number.isFinite(api.value(2)) && Number.isFinite(api.value(3))) {
            const low = point(api.value(2));
            const high = point(api.value(3));
            const line = (x1, y1, x2, y2) => children.push({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke });
            line(low[0], low[1], high[0], high[1]);
            line(low[0], low[1] - 4, low[0], low[1] + 4);
            line(high[0], high[1] - 4, high[0], high[1] + 4);
          }
          if (Number.isFinite(api.value(1))) {
            const [x, y] = point(api.value(1));
            children.push({ type: 'path', x, y, scaleX: 0.65, scaleY: 0.65, shape: { pathData: data.marks[s.slot] },
              style: { fill: t.slot(s.slot), stroke: t.paper, lineWidth: 1 } });
          }
          return { type: 'group', children };
        },
      }));
      const values = figure.series.flatMap(s => [...s.values, ...s.low, ...s.high]);
      return withLayout(option, t, figure.categories, plan, valueAxis(t, ticks(values), { scale: true, splitNumber: 6 }));
    },

    histogram(figure, t) {
      const option = base(t);
      const edges = figure.edges.slice();
      const last = edges.length - 1;
      // An end that is infinite is drawn one neighbour's width away; the table says that it is open.
      if (edges[0] === null) edges[0] = edges[1] - (edges[2] === undefined ? 1 : edges[2] - edges[1]);
      if (edges[last] === null) edges[last] = edges[last - 1] + (last < 2 ? 1 : edges[last - 1] - edges[last - 2]);
      const bins = edges.slice(0, -1).map((_, i) => i);
      const single = figure.series.length === 1;
      option.series = figure.series.map((s, n) => {
        const colour = t.slot(s.slot);
        if (single || s.slot === 0) {
          return {
            type: 'custom', name: String(n), itemStyle: { color: colour }, encode: { x: [0, 1], y: 2 }, silent: true,
            data: bins.map(i => [edges[i], edges[i + 1], s.values[i] ?? NaN]),
            renderItem: (_, api) => {
              if (!Number.isFinite(api.value(2))) return null;
              const [x1, y1] = api.coord([api.value(0), api.value(2)]);
              const [x2, y2] = api.coord([api.value(1), 0]);
              return { type: 'rect', shape: { x: x1, y: y1, width: Math.max(0.5, x2 - x1 - 0.7), height: y2 - y1 },
                style: { fill: colour, opacity: single ? 0.85 : 0.4 } };
            },
          };
        }
        const outline = [[edges[0], 0]];
        bins.forEach(i => outline.push([edges[i], s.values[i] ?? '-']));
        outline.push([edges[last], s.values[last - 1] ?? '-'], [edges[last], 0]);
        return { type: 'line', step: 'end', name: String(n), data: outline, symbol: 'none', silent: true,
          lineStyle: { color: colour, width: 1.7 }, itemStyle: { color: colour } };
      });
      const highest = Math.max(0, ...figure.series.flatMap(s => s.values.map(v => v ?? 0)));
      option.series.push({
        type: 'custom', name: 'bins', encode: { x: [0, 1], y: 2 }, z: 5,
        data: bins.map(i => [edges[i], edges[i + 1], highest]),
        renderItem: (_, api) => {
          const [x1, y1] = api.coord([api.value(0), api.value(2)]);
          const [x2, y2] = api.coord([api.value(1), 0]);
          return { type: 'rect', shape: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }, style: { fill: t.soft, opacity: 0 },
            emphasis: { style: { opacity: 0.12 } } };
        },
      });
      option.tooltip.trigger = 'item';
      option.tooltip.formatter = shown =>
        rows(`${number(figure.edges[shown.dataIndex])} to ${number(figure.edges[shown.dataIndex + 1])}`, figure.series, s => number(s.values[shown.dataIndex] ?? null));
      option.xAxis = plainAxis(t, ticks(edges), { min: edges[0], max: edges[last], splitNumber: 5 });
      // The ends are seldom round: they are labelled only if short and clear of the next round number. What they are
      // stands in the tooltip and in the table.
      const step = niceStep((edges[last] - edges[0]) / 5);
      const clear = edge => {
        const past = Math.abs(edge / step - Math.round(edge / step));
        return Number.isInteger(edge) && Math.abs(edge) < 1000 && (past < 1e-9 || past > 0.35) ? null : false;
      };
      option.xAxis.axisLabel.showMinLabel = clear(edges[0]);
      option.xAxis.axisLabel.showMaxLabel = clear(edges[last]);
      option.yAxis = valueAxis(t, ticks([highest]));
      return option;
    },

    lines(figure, t) {
      const option = base(t);
      const y = figure.logY ? log10 : v => v ?? null;
      const all = figure.series.flatMap(s => s.values);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'line', lineStyle: { color: t.faint } };
      option.tooltip.formatter = shown =>
        rows(number(figure.x[shown[0].dataIndex]), figure.series, s => number(s.values[shown[0].dataIndex] ?? null));
      option.series = figure.series.map((s, n) => ({
        type: 'line', name: String(n), data: figure.x.map((x, i) => [x ?? '-', y(s.values[i]) ?? '-']),
        showSymbol: figure.x.length <= 30, symbol: 'path://' + data.marks[s.slot], symbolSize: 7,
        lineStyle: { color: t.slot(s.slot), width: 2 }, itemStyle: { color: t.slot(s.slot) },
      }));
      option.xAxis = plainAxis(t, ticks(figure.x), { scale: true, min: 'dataMin', max: 'dataMax', splitNumber: 6 });
      option.yAxis = figure.logY ? logged(t, all) : valueAxis(t, ticks(all), { scale: true });
      return option;
    },

    points(figure, t) {
      const option = base(t);
      const count = figure.series.reduce((n, s) => n + s.x.length, 0);
      const x = figure.logX ? log10 : v => v ?? null;
      const y = figure.logY ? log10 : v => v ?? null;
      option.tooltip.trigger = 'item';
      option.tooltip.formatter = shown => {
        const s = figure.series[shown.seriesIndex];
        const i = shown.dataIndex;
        const head = [s.name, s.labels[i] === s.name ? '' : s.labels[i]].filter(Boolean).join(': ');
        return literal([...(head ? [cut(head, 60)] : []), `${number(s.x[i])}, ${number(s.y[i])}`].join('\n'));
      };
      option.series = figure.series.map((s, n) => ({
        type: 'scatter', name: String(n), symbol: 'path://' + data.marks[s.slot], symbolSize: count > 400 ? 5 : 9,
        data: s.x.map((value, i) => {
          const place = [x(value), y(s.y[i])];
          return place.includes(null) ? ['-', '-'] : place;
        }),
        itemStyle: { color: t.slot(s.slot), opacity: count > 400 ? 0.5 : 0.85 },
        label: { show: count <= 14, position: 'right', color: t.ink, fontSize: 11.5,
          formatter: shown => literal(cut(s.labels[shown.dataIndex] || '', 24)) },
        labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
      }));
      const xs = figure.series.flatMap(s => s.x);
      const ys = figure.series.flatMap(s => s.y);
      const split = { splitLine: { show: true, lineStyle: { color: t.rule } } };
      option.xAxis = figure.logX ? logged(t, xs) : plainAxis(t, ticks(xs), { scale: true, splitNumber: 6, ...split });
      option.yAxis = figure.logY ? logged(t, ys) : valueAxis(t, ticks(ys), { scale: true });
      option.grid.right = 28;
      return option;
    },

    flow(figure, t, width) {
      const option = base(t);
      delete option.grid;
      const names = figure.places.map(place => place.name);
      const slot = new Map(figure.places.map(place => [place.name, place.slot]));
      const sums = new Map();
      figure.links.forEach(link => {
        const add = (side, name) => sums.set(side + name, (sums.get(side + name) || 0) + link.value);
        add('<', link.target);
        add('>', link.source);
      });
      const through = name => Math.max(sums.get('<' + name) || 0, sums.get('>' + name) || 0);
      // Places stand in columns, each behind all that flow into it; the gap between two takes a line of text, however
      // little flows through them.
      const column = new Map(names.map(name => [name, 0]));
      for (let round = 0; round < names.length; round++) {
        for (const link of figure.links) column.set(link.target, Math.max(column.get(link.target), column.get(link.source) + 1));
        if (figure.links.every(link => column.get(link.target) > column.get(link.source))) break;
      }
      const gap = 16;
      const places = [...column.values()].reduce((counts, c) => counts.set(c, (counts.get(c) || 0) + 1), new Map());
      option.height = Math.max(304, 200 + gap * Math.max(...places.values()));
      option.tooltip.trigger = 'item';
      option.tooltip.formatter = shown => literal(shown.dataType === 'edge'
        ? `${cut(shown.data.source, 40)} → ${cut(shown.data.target, 40)}\n${number(shown.data.value)} ${figure.unit}`
        : `${cut(shown.name, 60)}\n${number(through(shown.name))} ${figure.unit}`);
      option.series = [{
        type: 'sankey', left: 4, right: Math.min(230, width / 4), top: 8, bottom: 8, nodeWidth: 12, nodeGap: gap,
        draggable: false, layoutIterations: 64, emphasis: { focus: 'adjacency' },
        data: names.map(name => ({ name, itemStyle: { color: t.slot(slot.get(name)), borderWidth: 0 } })),
        links: figure.links.map(link => ({ ...link,
          lineStyle: { color: t.slot(slot.get(link.source) || slot.get(link.target) || 0), opacity: 0.28, curveness: 0.5 } })),
        label: { color: t.ink, fontSize: 11.5, fontFamily: FONT,
          formatter: shown => literal(`${cut(shown.name, 28)}  ${number(through(shown.name))}`) },
      }];
      return option;
    },
  };

  function show(box, paper) {
    const figure = data.charts[Number(box.dataset.chart)];
    const wide = box.closest('figure').classList.contains('wide');
    const width = paper ? (wide ? PAPER.wide : PAPER.small) : box.clientWidth;
    if (width === 0) return;
    const option = draw[figure.kind](figure, theme(), width);
    const height = option.height || (wide ? 304 : 216);
    const across = Boolean(option.across);
    delete option.height;
    delete option.across;
    const off = hidden.get(box) || new Set();
    option.legend = { show: false, data: figure.series.map((_, i) => String(i)),
      selected: Object.fromEntries(figure.series.map((_, i) => [String(i), !off.has(i)])) };
    box.style.height = height + 'px';
    let chart = drawn.get(box);
    if (!chart) {
      chart = echarts.init(box, null, { renderer: 'svg', width, height });
      drawn.set(box, chart);
      // The axis titles follow the axes when names stand below each other.
      box.titles = [box.previousElementSibling.textContent, box.nextElementSibling.textContent];
    } else {
      chart.resize({ width, height, silent: true });
    }
    const [y, x] = across ? [box.titles[1], box.titles[0]] : box.titles;
    box.previousElementSibling.textContent = y;
    box.nextElementSibling.textContent = x;
    chart.setOption(option, { notMerge: true });
    chart.getZr().refreshImmediately();
    box.querySelector('svg').setAttribute('viewBox', `0 0 ${width} ${height}`);
    box.drawnWidth = width;
  }

  for (const button of document.querySelectorAll('.legend button')) {
    button.addEventListener('click', () => {
      const box = button.closest('figure').querySelector('.chart');
      const off = hidden.get(box) || new Set();
      const series = Number(button.dataset.series);
      if (!off.delete(series)) off.add(series);
      hidden.set(box, off);
      button.setAttribute('aria-pressed', String(!off.has(series)));
      show(box, false);
    });
  }

  // One chart a frame, so that a long page can be read and scrolled while it is being drawn.
  let next = 0;
  function one() {
    if (next < boxes.length) {
      if (!drawn.has(boxes[next])) show(boxes[next], false);
      next++;
      setTimeout(one, 0);
    } else {
      root.dataset.charts = 'drawn';
    }
  }
  one();

  let waiting = 0;
  window.addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => boxes.forEach(box => box.clientWidth !== box.drawnWidth && show(box, false)), 120);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => boxes.forEach(box => show(box, false)));
  window.addEventListener('beforeprint', () => {
    root.classList.add('paper');
    boxes.forEach(box => show(box, true));
  });
  window.addEventListener('afterprint', () => {
    root.classList.remove('paper');
    boxes.forEach(box => show(box, false));
  });
})();
