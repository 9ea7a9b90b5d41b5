import { createNodeCompoundProgram, NodeProgram } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';
import type { NodeLook, Shown } from './shown.ts';

/*
 * How nodes and the lines to their parents are drawn. Beside sigma's own points these know when a node was made, what it
 * earned and which branch it belongs to, so that the time slider, the colours and a chosen branch are uniforms of the
 * next frame: with 50,000 nodes, writing all of them anew for each step of a replay would take longer than the step.
 *
 * Lines belong to nodes, not to edges of the graph: each node has one at most, and both are drawn on one canvas. Sigma's
 * own canvas for edges is one more layer that a browser without a graphics card has to lay over the others at each frame.
 */

const { FLOAT, UNSIGNED_BYTE, POINTS, LINES } = WebGL2RenderingContext;

/** Whether a node is there yet and how much it stands back: shared by nodes and lines. */
const COMMON = /*glsl*/ `
uniform mat3 u_matrix;
uniform float u_now;
uniform vec2 u_branch;
const vec4 NOWHERE = vec4(2.0, 2.0, 0.0, 1.0);
float standsOut(vec2 run) {
  if (u_branch.y < 0.0) return 1.0;
  bool isIn = run.x >= u_branch.x && run.x < u_branch.y;
  bool isAbove = run.x <= u_branch.x && run.y >= u_branch.y;
  return isIn || isAbove ? 1.0 : 0.12;
}
`;

const NODE_VERTEX = /*glsl*/ `
attribute vec2 a_position;
attribute float a_size;
attribute float a_born;
attribute vec2 a_run;
attribute vec4 a_color;
attribute vec4 a_revenueColor;
attribute vec4 a_id;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform float u_replay;
uniform float u_newFrom;
uniform float u_byRevenue;
varying vec4 v_color;
varying float v_edge;
${COMMON}
void main() {
  if (a_born > u_now) {
    gl_Position = NOWHERE;
    gl_PointSize = 0.0;
    return;
  }
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0);
  float fresh = u_replay * clamp(1.0 - (u_now - a_born) * 25.0, 0.0, 1.0);
  if (a_born > u_newFrom) fresh = 1.0;
  float isChosen = u_branch.y >= 0.0 && a_run.x == u_branch.x ? 1.0 : 0.0;
  float size = a_size * (1.0 + 1.5 * fresh + isChosen);
  gl_PointSize = max(1.0, size / u_sizeRatio * u_pixelRatio * 2.0);
  v_edge = 1.0 / gl_PointSize;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_color.a *= 255.0 / 254.0;
  #else
  v_color = mix(a_color, a_revenueColor, u_byRevenue);
  v_color.a *= 255.0 / 254.0;
  v_color *= standsOut(a_run);
  #endif
}
`;

const NODE_FRAGMENT = /*glsl*/ `
precision mediump float;
varying vec4 v_color;
varying float v_edge;
void main() {
  float inside = 0.5 - length(gl_PointCoord - vec2(0.5));
  #ifdef PICKING_MODE
  gl_FragColor = inside > 0.0 ? v_color : vec4(0.0);
  #else
  gl_FragColor = v_color * clamp(inside / v_edge + 0.5, 0.0, 1.0);
  #endif
}
`;

const LINE_VERTEX = /*glsl*/ `
attribute vec2 a_position;
attribute float a_born;
attribute vec2 a_run;
uniform vec4 u_line;
varying vec4 v_color;
${COMMON}
void main() {
  gl_Position = a_born > u_now ? NOWHERE : vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0);
  float opacity = u_line.a * standsOut(a_run) * (u_branch.y < 0.0 ? 1.0 : 1.6);
  v_color = vec4(u_line.rgb * opacity, opacity);
}
`;

const LINE_FRAGMENT = /*glsl*/ `
precision mediump float;
varying vec4 v_color;
void main() {
  gl_FragColor = v_color;
}
`;

type Locations = Record<string, WebGLUniformLocation>;
type Gl = WebGLRenderingContext | WebGL2RenderingContext;
type Info = NonNullable<NodeProgram['pickProgram']>;

function setCommon(gl: Gl, at: Locations, { matrix }: RenderParams, { now, branch }: Shown): void {
  gl.uniformMatrix3fv(at.u_matrix!, false, matrix);
  gl.uniform1f(at.u_now!, now);
  gl.uniform2f(at.u_branch!, branch?.[0] ?? -1, branch?.[1] ?? -1);
}

const SEEN_UNIFORMS = ['u_matrix', 'u_now', 'u_branch'];
const NODE_UNIFORMS = [...SEEN_UNIFORMS, 'u_sizeRatio', 'u_pixelRatio', 'u_replay', 'u_newFrom', 'u_byRevenue'];
const LINE_UNIFORMS = [...SEEN_UNIFORMS, 'u_line'];

/** The program of one picture's nodes with their lines, and that of the node under the finger; both draw what `shown` says. */
export function programsFor(shown: Shown) {
  /** Sigma sends all of a program's data at every frame; these are sent when they have changed. */
  abstract class Kept extends NodeProgram<string> {
    isSent = new WeakSet<WebGLBuffer>();

    override process(id: number, place: number, data: NodeDisplayData): void {
      this.isSent = new WeakSet();
      super.process(id, place, data);
    }

    override bindProgram(program: Info): void {
      const { gl, buffer } = program;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      let offset = 0;
      for (const attribute of this.ATTRIBUTES) offset += this.bindAttribute(attribute, program, offset);
      if (!this.isSent.has(buffer)) gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.STATIC_DRAW);
      this.isSent.add(buffer);
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
    }
  }

  class SpreadNodes extends Kept {
    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: NODE_VERTEX,
        FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
        METHOD: POINTS,
        UNIFORMS: NODE_UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_born', size: 1, type: FLOAT },
          { name: 'a_run', size: 2, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_revenueColor', size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    override processVisibleItem(id: number, start: number, data: NodeDisplayData): void {
      const { x, y, size, born, from, until, color, revenueColor } = data as NodeDisplayData & NodeLook;
      this.array.set([x, y, size, born, from, until, floatColor(color), floatColor(revenueColor), id], start);
    }

    override setUniforms(params: RenderParams, { gl, uniformLocations }: Info): void {
      setCommon(gl, uniformLocations, params, shown);
      gl.uniform1f(uniformLocations.u_sizeRatio!, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio!, params.pixelRatio);
      gl.uniform1f(uniformLocations.u_replay!, shown.isReplay ? 1 : 0);
      gl.uniform1f(uniformLocations.u_newFrom!, shown.newFrom);
      gl.uniform1f(uniformLocations.u_byRevenue!, shown.isByRevenue ? 1 : 0);
    }

    override render(params: RenderParams): void {
      const { pickProgram } = this;
      if (shown.isMoving) this.pickProgram = null;
      super.render(params);
      this.pickProgram = pickProgram;
    }
  }

  class SpreadLines extends Kept {
    getDefinition() {
      return {
        VERTICES: 2,
        VERTEX_SHADER_SOURCE: LINE_VERTEX,
        FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT,
        METHOD: LINES,
        UNIFORMS: LINE_UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_born', size: 1, type: FLOAT },
          { name: 'a_run', size: 2, type: FLOAT },
        ],
      };
    }

    override processVisibleItem(_id: number, start: number, data: NodeDisplayData): void {
      const { x, y, parentX, parentY, born, from, until } = data as NodeDisplayData & NodeLook;
      this.array.set([parentX, parentY, born, from, until, x, y, born, from, until], start);
    }

    override setUniforms(params: RenderParams, { gl, uniformLocations }: Info): void {
      setCommon(gl, uniformLocations, params, shown);
      gl.uniform4f(uniformLocations.u_line!, ...shown.line);
    }

    override render(params: RenderParams): void {
      // Nobody is asked for a line.
      this.pickProgram = null;
      super.render(params);
    }
  }
  return { Spread: createNodeCompoundProgram([SpreadLines, SpreadNodes]), SpreadNodes };
}
