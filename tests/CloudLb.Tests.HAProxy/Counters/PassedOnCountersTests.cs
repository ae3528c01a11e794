using System.Globalization;
using CloudLb.Core.Traffic.Counters;
using CloudLb.HAProxy.Metrics;
using CloudLb.HAProxy.Naming;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// A request that one process passes on to the next is counted at its listener in the one and at its instance in the other, and the two are
/// read one after the other.
/// </summary>
public sealed class PassedOnCountersTests
{
    private const int Before = 101, Serving = 102;

    private readonly string _file = Path.GetTempFileName();
    private readonly CellTraffic _traffic;

    public PassedOnCountersTests() => _traffic = new(_file, _ => true, (_, _) => null);

    [Fact]
    public void An_instances_answer_is_not_the_load_balancers_own_whichever_process_is_read_first()
    {
        Read(Serving, Instance(errors: 0));
        Read(Before, Listener(errors: 1));
        Read(Serving, Instance(errors: 1));
        Read(Before, Listener(errors: 1));

        Assert.Equal(0, OwnErrors());

        // Nothing of it is left over that the next error of the load balancer itself would be set off against.
        Read(Serving, Listener(errors: 1), Instance(errors: 1));
        Assert.Equal(1, OwnErrors());
    }

    [Fact]
    public void What_a_process_that_finishes_answers_by_itself_is_counted_when_it_has_been_read_twice_or_is_gone()
    {
        Read(Serving, Instance(errors: 0));
        Read(Before, Listener(errors: 1));
        Assert.Equal(0, OwnErrors());

        Read(Before, Listener(errors: 2));
        Assert.Equal(1, OwnErrors());

        Assert.Equal(2, OwnErrors(process => process != Before));
    }

    private void Read(int process, params string[] lines) =>
        _traffic.Add(process, process, string.Join('\n', lines), isWhole: false, TimeSpan.Zero);

    private long OwnErrors(Func<int, bool>? isRunning = null)
    {
        _traffic.Save(isRunning ?? (_ => true), TimeSpan.Zero);
        return _traffic.Shown.SingleOrDefault() is { } shown ? shown[LoadBalancerCounter.Own5xx] : 0;
    }

    private static string Listener(int errors) => Line(ProxyName.OfListener(Plans.Id("web"), 80), "FRONTEND", type: 0, errors);

    private static string Instance(int errors) => Line(ProxyName.OfPool(Plans.Id("web"), "8080"), "i-1", type: 2, errors);

    private static string Line(string proxy, string server, int type, int errors)
    {
        var columns = Enumerable.Repeat("", (int)StatColumn.ConnectionsTotal + 1).ToArray();
        (columns[0], columns[1]) = (proxy, server);
        columns[(int)StatColumn.Type] = type.ToString(CultureInfo.InvariantCulture);
        columns[(int)StatColumn.Answers5xx] = errors.ToString(CultureInfo.InvariantCulture);
        columns[(int)StatColumn.Mode] = "http";
        return string.Join(',', columns);
    }
}
