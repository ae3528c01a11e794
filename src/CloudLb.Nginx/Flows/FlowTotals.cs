namespace CloudLb.Nginx.Flows;

/// <summary>What has been read of the flows that have ended. Kept on disk, so that the next CloudLb counts on.</summary>
/// <param name="Flows">How many.</param>
/// <param name="Bytes">Of them, from clients and to them.</param>
/// <param name="Position">Up to where the file is read.</param>
/// <param name="FormerPosition">The same of the file before it, which was set aside; 0 where there is none.</param>
internal sealed record FlowTotals(long Flows, long Bytes, long Position, long FormerPosition);
