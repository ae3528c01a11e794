namespace CloudLb.Core.AccessLogs;

/// <summary>The ARNs of the certificates that listeners can show.</summary>
/// <param name="ByPort">Of listeners that have but one.</param>
/// <param name="ByFingerprint">Of the others, by their SHA-1 in hexadecimal, in capitals.</param>
public sealed record LoggedCertificates(IReadOnlyDictionary<int, string> ByPort, IReadOnlyDictionary<string, string> ByFingerprint)
{
    /// <param name="port">Of the listener.</param>
    /// <param name="fingerprint">Of what was shown; null where that is not known.</param>
    public string? Find(int port, string? fingerprint) =>
        (fingerprint is null ? null : ByFingerprint.GetValueOrDefault(fingerprint)) ?? ByPort.GetValueOrDefault(port);
}
