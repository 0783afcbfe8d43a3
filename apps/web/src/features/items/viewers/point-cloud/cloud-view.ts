import {
  Box3,
  BufferAttribute,
  BufferGeometry,
  Color,
  LinearSRGBColorSpace,
  Matrix4,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  Sphere,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { PointCloud } from './point-cloud.js';

/** A cloud and where it stands: 16 numbers, row by row, from its own frame to that of the scene. */
export interface PlacedCloud {
  readonly key: string;
  readonly cloud: PointCloud;
  readonly pose: readonly number[] | null;
  readonly colours: Uint8Array;
}

interface Drawn {
  readonly points: Points<BufferGeometry, PointsMaterial>;
  readonly cloud: PointCloud;
  colours: Uint8Array;
}

const background = new Color().setHex(0x15181d, LinearSRGBColorSpace);
/** From behind and above, for frames with x to the front and z up. */
const viewDirection = new Vector3(-1, -0.55, 0.75).normalize();

/** Point clouds on a canvas; draws when something changed, and not otherwise. */
export class CloudView {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(50, 1, 0.1, 1000);
  private readonly controls: OrbitControls;
  private readonly drawn = new Map<string, Drawn>();
  private readonly material = new PointsMaterial({ size: 2, sizeAttenuation: false, vertexColors: true });
  private radius = 1;
  private frame = 0;

  /** Throws where the browser has no WebGL. */
  constructor(canvas: HTMLCanvasElement) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false });
    // Colours are shown as they are given, not as light to be converted.
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.renderer.setClearColor(background);
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.addEventListener('change', this.draw);
  }

  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  /** Shows these clouds and no others; the view stays. */
  show(clouds: readonly PlacedCloud[]): void {
    for (const [key, { points, cloud }] of this.drawn)
      if (!clouds.some((placed) => placed.key === key && placed.cloud === cloud)) this.remove(key, points);
    for (const placed of clouds) this.place(placed);
    this.draw();
  }

  private place({ key, cloud, pose, colours }: PlacedCloud): void {
    const drawn = this.drawn.get(key) ?? this.add(key, cloud);
    if (drawn.colours !== colours) {
      drawn.points.geometry.setAttribute('color', new BufferAttribute(colours, 3, true));
      drawn.colours = colours;
    }
    const matrix = new Matrix4().makeTranslation(...cloud.origin);
    if (pose) matrix.premultiply(new Matrix4().fromArray(pose as number[]).transpose());
    drawn.points.matrix.copy(matrix);
    drawn.points.matrixWorldNeedsUpdate = true;
  }

  private add(key: string, cloud: PointCloud): Drawn {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(cloud.positions, 3));
    geometry.boundingBox = new Box3(new Vector3(...cloud.box.min), new Vector3(...cloud.box.max));
    geometry.boundingSphere = geometry.boundingBox.getBoundingSphere(new Sphere());
    const points = new Points(geometry, this.material);
    points.matrixAutoUpdate = false;
    this.scene.add(points);
    const drawn = { points, cloud, colours: new Uint8Array() };
    this.drawn.set(key, drawn);
    return drawn;
  }

  private remove(key: string, points: Points): void {
    this.scene.remove(points);
    points.geometry.dispose();
    this.drawn.delete(key);
  }

  setPointSize(pixels: number): void {
    this.material.size = pixels;
    this.draw();
  }

  /** Looks at everything that is shown. */
  fit(): void {
    const box = new Box3();
    for (const { points } of this.drawn.values()) {
      points.updateMatrixWorld(true);
      if (points.geometry.boundingBox)
        box.union(points.geometry.boundingBox.clone().applyMatrix4(points.matrixWorld));
    }
    if (box.isEmpty()) return;
    const { center, radius } = box.getBoundingSphere(new Sphere());
    this.radius = Math.max(radius, 1e-3);
    const half = (Math.min(this.camera.fov, this.camera.fov * this.camera.aspect) / 2) * (Math.PI / 180);
    const distance = (this.radius / Math.sin(half)) * 0.85;
    this.controls.target.copy(center);
    this.camera.position.copy(center).addScaledVector(viewDirection, distance);
    this.controls.update();
    this.draw();
  }

  /** Radians to the left and up. */
  orbit(left: number, up: number): void {
    this.controls.rotateLeft(left);
    this.controls.rotateUp(up);
  }

  /** CSS pixels. */
  pan(right: number, down: number): void {
    this.controls.pan(right, down);
  }

  /** More than 1 is nearer. */
  zoom(factor: number): void {
    const offset = this.camera.position.clone().sub(this.controls.target).divideScalar(factor);
    this.camera.position.copy(this.controls.target).add(offset);
    this.controls.update();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    for (const { points } of this.drawn.values()) points.geometry.dispose();
    this.controls.dispose();
    this.material.dispose();
    this.renderer.dispose();
    // Browsers keep few contexts, and let go of them late.
    this.renderer.forceContextLoss();
  }

  private readonly draw = (): void => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const distance = this.camera.position.distanceTo(this.controls.target);
      this.camera.near = distance / 200;
      this.camera.far = distance + this.radius * 20;
      this.camera.updateProjectionMatrix();
      this.renderer.render(this.scene, this.camera);
    });
  };
}
