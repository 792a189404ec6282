// A document as it stands, for tests in workerd, which has no files.
declare module "*.md?raw" {
  const text: string;
  export default text;
}

declare module "*.yaml?raw" {
  const text: string;
  export default text;
}
