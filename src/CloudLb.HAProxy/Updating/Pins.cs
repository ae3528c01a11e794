using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Updating;

/// <summary>
/// Makes the certificates of members that must show an accepted key known to the running process: it reads no files any more.
/// </summary>
internal sealed class Pins(CellContext context)
{
    /// <summary>Called before the members join.</summary>
    public async Task AcceptAsync(
        CellProcess process, IReadOnlyList<(string Pool, PinnedCertificate Certificate)> pinned, CancellationToken cancellationToken)
    {
        var anchors = pinned.Select(each => each.Certificate.Anchor).OfType<TrustAnchor>();
        foreach (var anchor in anchors.Where(anchor => !process.Anchors.Contains(anchor.Id)))
        {
            if (anchor.Pem.Length > context.Capabilities.LongestPayload)
            {
                throw new RuntimeException($"The certificate {anchor.Id} that an instance is trusted by is too long for a command");
            }

            var answers = await process.Session.SendAsync(
                [PinCommands.New(anchor), PinCommands.Set(anchor), PinCommands.Commit(anchor)], cancellationToken);
            if (!PinCommands.IsTaken(answers[1]) || !PinCommands.IsCommitted(answers[2]))
            {
                throw new RuntimeException(
                    $"HAProxy did not take the certificate {anchor.Id} that an instance is trusted by: {answers[1]} {answers[2]}");
            }

            process.Anchors.Add(anchor.Id);
        }

        await MemberCommands.SendAsync(
            process.Session, [.. pinned.Select(each => PinCommands.Accept(each.Pool, each.Certificate.Fingerprint))], cancellationToken);
    }

    /// <summary>Called when the members have left.</summary>
    public static Task WithdrawAsync(
        CellProcess process, IReadOnlyList<(string Pool, string Fingerprint)> unpinned, CancellationToken cancellationToken) =>
        MemberCommands.SendAsync(
            process.Session, [.. unpinned.Select(each => PinCommands.Withdraw(each.Pool, each.Fingerprint))], cancellationToken);
}
