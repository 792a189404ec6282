// A document as it stands, for tests in workerd, which has no files.
declare module "*.md?raw" {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- how the bundler hands it over.
  export default text;
}
