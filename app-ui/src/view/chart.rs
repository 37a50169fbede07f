//! Charts: the core's geometry as SVG with axes, legend, a cursor and a table twin. Must not compute a position.
