using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.Core.Addresses;

/// <summary>
/// Has every load balancer have the addresses that it should have, though nobody changes it: what has left goes, and where subnets have
/// pools that they had not when it was made, it gets its addresses there.
/// </summary>
public sealed partial class AddressTending(
    IEnumerable<IAddressedLoadBalancers> apis, ClockSpeed speed, TimeProvider clock, ILogger<AddressTending> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(speed.Of(Interval), clock, stoppingToken);
            try
            {
                var due = apis.SelectMany(api => api.Due()).ToDictionary();
                foreach (var (name, give) in due)
                {
                    await TendAsync(name, give, stoppingToken);
                }

                foreach (var name in _told.Keys.Except(due.Keys).ToList())
                {
                    _told.Remove(name);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
            }
        }
    }

    private async Task TendAsync(string name, Func<CancellationToken, Task> give, CancellationToken cancellationToken)
    {
        try
        {
            await give(cancellationToken);
        }
        catch (ServiceException exception)
        {
            if (_told.GetValueOrDefault(name) != exception.Message)
            {
                _told[name] = exception.Message;
                Log.NotGiven(logger, name, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            4311, LogLevel.Warning, "{LoadBalancer} has not all addresses that its subnets' pools should give it: {Reason}")]
        public static partial void NotGiven(ILogger logger, string loadBalancer, string reason);

        [LoggerMessage(4312, LogLevel.Error, "Load balancers' addresses could not be looked at; tried again in a moment")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
