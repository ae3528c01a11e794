using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Runtime;
using Microsoft.Extensions.Logging;

namespace CloudLb.HAProxy.State;

/// <summary>What the rooms of one cell work with: where it is, its state, and what it shares with all cells.</summary>
internal sealed class CellContext(CommonContext common, CellDirectory directory)
{
    public int Number => directory.Number;

    public CellDirectory Directory => directory;

    public CurrentState State { get; } = new();

    public CommonContext Common => common;

    public HAProxyOptions Options => common.Options.Value;

    public HAProxyBinary Binary => common.Binary;

    public HAProxyCapabilities Capabilities => common.Binary.Capabilities;

    public ICertificateSource Certificates => common.Certificates;

    public IClientTrustSource ClientTrust => common.ClientTrust;

    public ChangeSignal Changes => common.Changes;

    public TimeProvider Clock => common.Clock;

    /// <summary>The steady time.</summary>
    public TimeSpan Now => common.Clock.GetSteadyTime();

    public ILogger Logger => common.Logger;

    /// <summary>Does what a process may not answer.</summary>
    /// <returns>Whether it has answered.</returns>
    public async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (RuntimeException exception)
        {
            CellLog.CommandFailed(Logger, Number, exception.Message);
            return false;
        }
    }
}
