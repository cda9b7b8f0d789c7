"""Pictures of numbers for pages and documents alike: lines, bars, a matrix and a strip, in SVG."""
