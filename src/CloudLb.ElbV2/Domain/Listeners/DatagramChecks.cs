using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.ElbV2.Domain;

/// <summary>Datagrams take a program that the machine need not have.</summary>
internal static class DatagramChecks
{
    /// <summary>Throws unless what the protocol carries can be carried on this machine.</summary>
    public static async Task CheckAsync(this IDatagramCarrier carrier, Protocol protocol, CancellationToken cancellationToken)
    {
        if (protocol.HasDatagrams && await carrier.WhyNotAsync(cancellationToken) is { } reason)
        {
            throw Errors.UnsupportedProtocol.Because($"The specified listener protocol '{protocol}' is not supported here: {reason}");
        }
    }
}
