namespace CloudLb.Tools.Definitions;

/// <summary>Whose commands are meant: their options, output and exit statuses are kept apart.</summary>
[Flags]
internal enum Family
{
    /// <summary><c>elb-*</c>: the Elastic Load Balancing API Tools, written in Java.</summary>
    Java = 1,

    /// <summary><c>eulb-*</c>: euca2ools.</summary>
    Euca = 2,

    Both = Java | Euca,
}
