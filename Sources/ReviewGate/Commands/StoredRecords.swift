import ArgumentParser
struct ListRecords: AsyncParsableCommand {}
struct ShowRecord: AsyncParsableCommand {}
struct ExportRecords: AsyncParsableCommand {}
struct ImportRecords: AsyncParsableCommand {}
