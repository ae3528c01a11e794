namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>Whether this machine can carry datagrams, which takes a program that it need not have.</summary>
public interface IDatagramCarrier
{
    /// <summary>Null when it can; else a sentence for whoever wants it: what is missing and how it is installed.</summary>
    Task<string?> WhyNotAsync(CancellationToken cancellationToken);
}
