namespace CloudLb.AwsApi.Audit;

/// <summary>The two sets of files: of the calls that were let in, and of those that were refused.</summary>
internal sealed class AuditFiles(AuditFile accepted, AuditFile refused) : IDisposable
{
    public AuditFiles(string directory, AuditOptions options)
        : this(
            new AuditFile(directory, "audit.log", Bytes(options.MaxFileSize), options.MaxFiles),
            new AuditFile(directory, "refused.log", Bytes(options.MaxRefusedFileSize), options.MaxFiles))
    {
    }

    /// <summary>Appends whole lines to each, where there are any.</summary>
    public void Append(ReadOnlySpan<byte> acceptedLines, ReadOnlySpan<byte> refusedLines)
    {
        if (!acceptedLines.IsEmpty)
        {
            accepted.Append(acceptedLines);
        }

        if (!refusedLines.IsEmpty)
        {
            refused.Append(refusedLines);
        }
    }

    public void Dispose()
    {
        accepted.Dispose();
        refused.Dispose();
    }

    private static long Bytes(int mebibytes) => mebibytes * 1024L * 1024L;
}
