//! Numbers to SVG paths: scales, lines, areas, markers, and what a cursor stands on. Must not know a colour or a font.

pub mod scale;
