extension RecordSource {
  /// Reads and verifies what is stored; the reason where it counts as absent.
  func read(_ verifier: RecordVerifier) -> Result<StoredRecord, LedgerWarning.Reason> {
    do throws(RecordError) {
      let envelope = try Envelope.decode(self.envelope)
      let record = try RecordPayload.decode(envelope.payload)
      if ReviewerName.isAgent(record.principal) { return .failure(.agent(record.principal)) }
      do throws(SignatureProblem) {
        let proof = try verifier.proof(of: envelope, record)
        let id = envelope.payloadDigest
        return .success(StoredRecord(id: id, record: record, proof: proof, source: name))
      } catch {
        return .failure(.unproven(error))
      }
    } catch {
      return .failure(.unreadable(error))
    }
  }
}

extension LedgerWarning.Reason: Error {}
