using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>Which templates a load balancer is to be served with.</summary>
/// <param name="Template">Their key; null for none.</param>
/// <param name="Fault">Why they are not those that it asks for; null when they are.</param>
/// <param name="HasFallback">With a fault: whether it can be served with other ones, as it is already.</param>
internal sealed record TemplateChoice(string? Template, string? Fault, bool HasFallback)
{
    private const string GoesOn = " It is served as it was before.";

    public static TemplateChoice Of(TemplateLibrary templates, CellEntry entry, PlannedLoadBalancer planned)
    {
        var (key, fault) = templates.Resolve(planned);
        if (key is not null && entry.Refused is { } refused && refused.Template == key && refused.Of == planned)
        {
            (key, fault) = (null, refused.Faults[0].Reason);
        }

        if (fault is null || key is not null)
        {
            return new(key, fault, HasFallback: fault is not null);
        }

        // Rather nothing than a load balancer without the filter that it asks for; one that is served goes on, and is told.
        return entry.Served is { } served
            ? new(served.Template, fault + GoesOn, HasFallback: true)
            : new(null, fault, HasFallback: false);
    }
}
