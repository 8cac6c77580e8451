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
  const LETTER = 6.4;

  // Numbers by the rules of the page's tables: see Numbers.java.
  const THIN = '\u202f';
  function power(x) {
    const [digits, exponent] = x.toExponential(2).split('e');
    const small = [...String(Number(exponent))].map(c => (c === '-' ? '\u207b' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[c])).join('');
    return digits.replace(/\.?0+$/, '').replace('-', '\u2212') + '\u00a0×\u00a010' + small;
  }
  function number(x) {
    if (x === null || !Number.isFinite(x)) return '–';
    const size = Math.abs(x);
    if (size !== 0 && (size < 1e-4 || size >= 1e15)) return power(x);
    let text = Number.isInteger(x) ? size.toFixed(0) : String(Number(size.toPrecision(4)));
    if (size >= 10000) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
    return (x < 0 ? '\u2212' : '') + text;
  }
  function tick(x) {
    const size = Math.abs(x);
    if (size >= 1e9 && size < 1e15) return number(x / 1e9) + '\u00a0bn';
    if (size >= 1e6 && size < 1e9) return number(x / 1e6) + '\u00a0m';
    return number(x);
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
  function valueAxis(t, more) {
    return {
      type: 'value', splitNumber: 4,
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: t.rule } },
      axisLabel: { color: t.soft, fontSize: 11.5, formatter: tick, hideOverlap: true }, ...more,
    };
  }
  function plainAxis(t, more) {
    return valueAxis(t, { splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: t.faint } },
      axisTick: { show: true, lineStyle: { color: t.faint } }, ...more });
  }
  function categoryAxis(t, names, letters, every) {
    return {
      type: 'category', data: names,
      axisLine: { lineStyle: { color: t.faint } }, axisTick: { show: false },
      axisLabel: { color: t.ink, fontSize: 11.5, interval: every, formatter: name => cut(name, letters), hideOverlap: true },
    };
  }

  // Names below each other where they do not fit side by side; a scale of numbers may leave some out instead.
  function layout(names, groups, width, each) {
    const longest = Math.max(1, ...names.map(name => [...name].length));
    const place = (width - 50) / Math.max(1, names.length);
    const scale = names.length > 6 && names.every(name => name.trim() !== '' && Number.isFinite(Number(name)));
    if (longest * LETTER + 8 <= place || (scale && place >= 4)) {
      return { across: false, letters: longest, every: scale ? 'auto' : 0 };
    }
    const row = Math.max(19, groups * each + 8);
    return { across: true, letters: Math.max(8, Math.floor((width * 0.42) / LETTER)), every: 0, height: names.length * row + 34 };
  }
  function withLayout(option, t, names, plan, value) {
    const category = categoryAxis(t, names, plan.letters, plan.every);
    if (plan.across) {
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
      const plan = layout(figure.categories, figure.series.length, width, 6);
      const option = base(t);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'shadow', shadowStyle: { color: t.soft, opacity: 0.1 } };
      option.tooltip.formatter = shown =>
        rows(figure.categories[shown[0].dataIndex], figure.series, s => number(s.values[shown[0].dataIndex] ?? null));
      option.series = figure.series.map((s, i) => ({
        type: 'bar', name: String(i), data: s.values.map(v => v ?? '-'), itemStyle: { color: t.slot(s.slot) },
        barMaxWidth: 26, barGap: figure.series.length > 2 ? '8%' : '4%', barCategoryGap: '28%',
      }));
      return withLayout(option, t, figure.categories, plan, valueAxis(t));
    },

    intervals(figure, t, width) {
      const count = figure.series.length;
      const plan = layout(figure.categories, count, width, 12);
      const option = base(t);
      const interval = (s, i) =>
        number(s.values[i] ?? null) + ((s.low[i] ?? null) === null || (s.high[i] ?? null) === null ? '' : ` [${number(s.low[i])}, ${number(s.high[i])}]`);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'shadow', shadowStyle: { color: t.soft, opacity: 0.1 } };
      option.tooltip.formatter = shown =>
        rows(figure.categories[shown[0].dataIndex], figure.series, s => interval(s, shown[0].dataIndex));
      option.series = figure.series.map((s, number) => ({
        type: 'custom', name: String(number), itemStyle: { color: t.slot(s.slot) },
        encode: plan.across ? { x: [1, 2, 3], y: 0 } : { x: 0, y: [1, 2, 3] },
        data: figure.categories.map((_, i) => [i, s.values[i] ?? NaN, s.low[i] ?? NaN, s.high[i] ?? NaN]),
        renderItem: (_, api) => {
          const at = api.value(0);
          const band = plan.across ? Math.abs(api.size([0, 1])[1]) : Math.abs(api.size([1, 0])[0]);
          const shift = (number - (count - 1) / 2) * Math.min(20, (band * 0.78) / count);
          const point = value => {
            const [x, y] = api.coord(plan.across ? [value, at] : [at, value]);
            return plan.across ? [x, y + shift] : [x + shift, y];
          };
          const children = [];
          const stroke = { stroke: t.slot(s.slot), lineWidth: 1.6, fill: 'none' };
          if (Number.isFinite(api.value(2)) && Number.isFinite(api.value(3))) {
            const low = point(api.value(2));
            const high = point(api.value(3));
            const cap = plan.across ? [0, 3] : [3, 0];
            for (const [from, to] of [[low, high], ...[low, high].map(p => [[p[0] - cap[0], p[1] - cap[1]], [p[0] + cap[0], p[1] + cap[1]]])]) {
              children.push({ type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: stroke });
            }
          }
          if (Number.isFinite(api.value(1))) {
            const [x, y] = point(api.value(1));
            children.push({ type: 'path', x, y, scaleX: 0.8, scaleY: 0.8, shape: { pathData: data.marks[s.slot] },
              style: { fill: t.slot(s.slot), stroke: t.paper, lineWidth: 1 } });
          }
          return { type: 'group', children };
        },
      }));
      return withLayout(option, t, figure.categories, plan, valueAxis(t, { scale: true }));
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
      option.series = figure.series.map((s, number) => {
        const colour = t.slot(s.slot);
        if (single || s.slot === 0) {
          return {
            type: 'custom', name: String(number), itemStyle: { color: colour }, encode: { x: [0, 1], y: 2 }, silent: true,
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
        return { type: 'line', step: 'end', name: String(number), data: outline, symbol: 'none', silent: true,
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
      option.xAxis = plainAxis(t, { min: edges[0], max: edges[last], splitNumber: 5 });
      // Edges are seldom round; what they are stands in the tooltip and in the table.
      option.xAxis.axisLabel.showMinLabel = Number.isInteger(edges[0]);
      option.xAxis.axisLabel.showMaxLabel = Number.isInteger(edges[last]);
      option.yAxis = valueAxis(t);
      return option;
    },

    lines(figure, t) {
      const option = base(t);
      const usable = v => v !== null && v !== undefined && (!figure.logY || v > 0);
      option.tooltip.trigger = 'axis';
      option.tooltip.axisPointer = { type: 'line', lineStyle: { color: t.faint } };
      option.tooltip.formatter = shown =>
        rows(number(figure.x[shown[0].dataIndex]), figure.series, s => number(s.values[shown[0].dataIndex] ?? null));
      option.series = figure.series.map((s, number) => ({
        type: 'line', name: String(number), data: figure.x.map((x, i) => [x ?? '-', usable(s.values[i]) ? s.values[i] : '-']),
        showSymbol: figure.x.length <= 30, symbol: 'path://' + data.marks[s.slot], symbolSize: 7, lineStyle: { color: t.slot(s.slot), width: 2 },
        itemStyle: { color: t.slot(s.slot) }, emphasis: { disabled: true },
      }));
      option.xAxis = plainAxis(t, { scale: true, min: 'dataMin', max: 'dataMax' });
      option.yAxis = figure.logY ? valueAxis(t, { type: 'log', minorSplitLine: { show: false } }) : valueAxis(t, { scale: true });
      return option;
    },

    points(figure, t) {
      const option = base(t);
      const all = figure.series.reduce((n, s) => n + s.x.length, 0);
      const usable = (v, log) => v !== null && v !== undefined && (!log || v > 0);
      option.tooltip.trigger = 'item';
      option.tooltip.formatter = shown => {
        const s = figure.series[shown.seriesIndex];
        const i = shown.dataIndex;
        const head = [s.name, s.labels[i]].filter(Boolean).join(': ');
        return literal([...(head ? [cut(head, 60)] : []), `${number(s.x[i])}, ${number(s.y[i])}`].join('\n'));
      };
      option.series = figure.series.map((s, number) => ({
        type: 'scatter', name: String(number), symbol: 'path://' + data.marks[s.slot], symbolSize: all > 400 ? 5 : 9,
        data: s.x.map((x, i) => (usable(x, figure.logX) && usable(s.y[i], figure.logY) ? [x, s.y[i]] : ['-', '-'])),
        itemStyle: { color: t.slot(s.slot), opacity: all > 400 ? 0.5 : 0.85 },
        label: { show: all <= 14, position: 'right', color: t.ink, fontSize: 11.5, formatter: shown => literal(cut(s.labels[shown.dataIndex] || '', 24)) },
        labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
      }));
      const axis = log => (log ? { type: 'log' } : { scale: true });
      option.xAxis = plainAxis(t, { splitLine: { lineStyle: { color: t.rule } }, ...axis(figure.logX) });
      option.yAxis = valueAxis(t, axis(figure.logY));
      option.grid.right = 24;
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
