// Stands where danfojs looks for xlsx: the registry's last release of it carries published
// advisories, and nothing here reads Excel files.
function refuse() {
  throw new Error('Excel files are not supported in ssl-workbench: export the sheet as CSV and read that');
}
module.exports = {
  read: refuse,
  readFile: refuse,
  write: refuse,
  writeFile: refuse,
  stream: {},
  utils: {
    aoa_to_sheet: refuse,
    json_to_sheet: refuse,
    sheet_to_json: refuse,
    sheet_to_csv: refuse,
    book_new: refuse,
    book_append_sheet: refuse,
  },
};
