using CloudLb.Cli.Migration.Reading;

namespace CloudLb.Cli.Migration.Planning;

/// <summary>The names by which clients know load balancers: those that are made get others.</summary>
internal static class DnsNotes
{
    public static void Add(MigrationPlan plan, Estate source, Estate current)
    {
        var all = source.Classic.Where(one => current.FindClassic(one.Name) is null).Select(one => (one.Name, one.Description))
            .Concat(source.Of(V2Kind.LoadBalancer).Where(one => current.Of(V2Kind.LoadBalancer).All(here => here.Name != one.Name))
                .Select(one => (one.Name, one.Description)));
        foreach (var (name, description) in all)
        {
            if (Wire.Text(description, "DNSName") is { Length: > 0 } dns)
            {
                plan.Note(
                    $"{name}: it gets an address and a DNS name of its own ('cloudlb address {name} --name'); names that lead to {dns} " +
                    "must be led there.");
            }
        }
    }
}
