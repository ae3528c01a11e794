using CloudLb.HAProxy.Runtime;

namespace CloudLb.Tests.HAProxy;

/// <summary>What differs between the versions of HAProxy, and what must not.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 1 1 7 7 -1 2 1 1")]
    [InlineData("# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 0 1 1 0 7 7 -1 2 1 1")]
    public void Idle_connections_are_found_by_the_heading(string text)
    {
        Assert.Equal(("10.0.0.5", 80, 2), ServerConnections.Read(text, new("a:b", "i-1")) is { } read ? (read.Address.ToString(), read.Port, read.Idle) : default);
        Assert.Null(ServerConnections.Read(text, new("a:b", "i-2")));
        Assert.Null(ServerConnections.Read("No such backend.", new("a:b", "i-1")));
    }
}
