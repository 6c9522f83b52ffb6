extension RecordSource {
  /// Reads and verifies what is stored; the reason where it counts as absent.
  func read(_ verifier: RecordVerifier) -> Result<StoredRecord, LedgerWarning.Reason> {
    content.flatMap { verified($0, verifier) }
  }

  /// The same, and nothing at all for a record that is about none of `paths`.
  func read(
    _ verifier: RecordVerifier,
    about paths: Set<RepositoryPath>?
  ) -> Result<StoredRecord, LedgerWarning.Reason>? {
    let content = content
    if let paths, case .success(let content) = content, content.record.verdict != .withdrawn,
      !content.record.files.contains(where: { paths.contains($0.path) })
    {
      return nil
    }
    return content.flatMap { verified($0, verifier) }
  }

  /// What an envelope holds, before anything is proven.
  private struct Content {
    let envelope: Envelope
    let record: ReviewRecord
  }

  private var content: Result<Content, LedgerWarning.Reason> {
    do throws(RecordError) {
      let envelope = try Envelope.decode(self.envelope)
      let record = try RecordPayload.decode(envelope.payload)
      return .success(Content(envelope: envelope, record: record))
    } catch {
      return .failure(.unreadable(error))
    }
  }

  private func verified(
    _ content: Content,
    _ verifier: RecordVerifier
  ) -> Result<StoredRecord, LedgerWarning.Reason> {
    let (envelope, record) = (content.envelope, content.record)
    if ReviewerName.isAgent(record.principal) { return .failure(.agent(record.principal)) }
    do throws(SignatureProblem) {
      let proof = try verifier.proof(of: envelope, record)
      let id = envelope.payloadDigest
      return .success(StoredRecord(id: id, record: record, proof: proof, source: name))
    } catch {
      return .failure(.unproven(error))
    }
  }
}

extension LedgerWarning.Reason: Error {}
