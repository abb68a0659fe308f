/** Light unless the reader prefers dark; what is critical differs by its border too, not by colour alone. */
export const SVG_STYLE = `
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2328}
.strong{font-weight:bold}
.faint{fill:#59636e}
.page{fill:#ffffff}
.grid{stroke:#d1d9e0}
.bar{fill:#ddf4ff;stroke:#0969da}
.critical{fill:#ffe7d6;stroke:#bc4c00;stroke-width:2.5}
.crowd{fill:#0969da}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}
.faint{fill:#9198a1}
.page{fill:#0d1117}
.grid{stroke:#3d444d}
.bar{fill:#0c2d6b;stroke:#4493f8}
.critical{fill:#5a2a05;stroke:#f0883e}
.crowd{fill:#4493f8}
}
`;
