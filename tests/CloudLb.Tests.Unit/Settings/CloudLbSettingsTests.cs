using CloudLb.HAProxy;
using CloudLb.Server.Settings;

namespace CloudLb.Tests.Unit.Settings;

public sealed class CloudLbSettingsTests
{
    [Fact]
    public void Without_any_setting_the_documented_defaults_are_in_force()
    {
        var settings = CloudLbSettings.Read([]);

        Assert.Equal("http://127.0.0.1:8000/", settings.Url.ToString());
        Assert.Equal(Path.GetFullPath("data"), settings.DataDirectory);
        Assert.Equal("123456789012", settings.Server.AccountId);
        Assert.Equal("elb.localhost", settings.Server.DnsSuffix);
        Assert.Equal(["127.0.64.0/18"], settings.AddressPool.Select(network => network.ToString()));
        Assert.Empty(settings.Server.Regions);
        Assert.Equal(
            (1000, 100, 1000),
            (settings.Server.Quotas.LoadBalancers, settings.Server.Quotas.Listeners, settings.Server.Quotas.RegisteredInstances));
        Assert.Equal(HAProxyMode.Child, settings.HAProxy.Mode);
    }

    [Fact]
    public void Every_fault_is_told_in_one_message()
    {
        var exception = Assert.Throws<SettingsException>(() => CloudLbSettings.Read(
        [
            "--Url=ftp://x", "--AccountId=12", "--AddressPool=10.0.0.0/33,127.9.0.0/24", "--Quotas:classic-listeners=abc",
            "--HAProxy:Mode=Bogus",
            "--Reconciler:ResyncInterval=99:00:00", "--Speling=1", "--AccessKeyId=AKID", "--DnsSuffix=-x", "--Regions=us_east",
        ]));

        string[] named =
        [
            "CloudLb:Url", "CloudLb:AccountId", "'10.0.0.0/33'", "CloudLb:Quotas:classic-listeners", "CloudLb:HAProxy:Mode",
            "ResyncInterval", "CloudLb:Speling",
            "SecretAccessKey", "CloudLb:DnsSuffix", "'us_east'",
        ];
        Assert.All(named, name => Assert.Contains(name, exception.Message));
        Assert.Equal(named.Length, exception.Faults.Count);
    }

    [Theory]
    [InlineData("--Regions=us-east-1,eu-west-1")]
    [InlineData("--Regions=us-east-1 eu-west-1")]
    [InlineData("--Regions:0=us-east-1", "--Regions:1=eu-west-1")]
    public void A_list_may_be_one_text_or_one_setting_for_each_item(params string[] arguments) =>
        Assert.Equal(["us-east-1", "eu-west-1"], CloudLbSettings.Read(arguments).Server.Regions);

    [Theory]
    [InlineData("*", "us-east-1")]
    [InlineData("*,eu-west-1,us-west-2", "eu-west-1")]
    public void A_star_lets_every_region_stand_for_the_first_that_is_named(string regions, string expected)
    {
        var settings = CloudLbSettings.Read([$"--Regions={regions}"]);

        Assert.True(settings.HasAnyRegion);
        Assert.Equal(expected, settings.DefaultRegion);
        Assert.DoesNotContain("*", settings.Regions);
    }

    [Theory]
    [InlineData("has no effect", "--AccessLogs:S3:Region=eu-west-1")]
    [InlineData("must name a directory", "--AccessLogs:Directory=/etc/passwd")]
    [InlineData("has no effect", "--AccessLogs:Store=S3", "--AccessLogs:Directory=/tmp/x")]
    [InlineData("ServiceUrl", "--AccessLogs:Store=S3", "--AccessLogs:S3:ServiceUrl=minio:9000")]
    [InlineData("Region is empty", "--AccessLogs:Store=S3", "--AccessLogs:S3:Region=")]
    [InlineData("give both or neither", "--AccessLogs:Store=S3", "--AccessLogs:S3:AccessKeyId=AKID")]
    [InlineData("MaxSpoolSize", "--AccessLogs:MaxSpoolSize=1")]
    [InlineData("is not a setting", "--AccessLogs:S3:Bucket=logs")]
    public void Settings_of_access_logs_that_do_not_fit_together_are_told(string words, params string[] arguments) =>
        Assert.Contains(words, Assert.Throws<SettingsException>(() => CloudLbSettings.Read(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void Access_logs_go_to_a_store_with_its_own_endpoint()
    {
        var settings = CloudLbSettings.Read(
            [
                "--AccessLogs:Store=S3", "--AccessLogs:S3:ServiceUrl=http://minio:9000", "--AccessLogs:S3:ForcePathStyle=true",
                "--AccessLogs:S3:AccessKeyId=A", "--AccessLogs:S3:SecretAccessKey=B",
            ]);

        Assert.Equal((CloudLb.AccessLogs.AccessLogStoreKind.S3, 10_240), (settings.AccessLogs.Store, settings.AccessLogs.MaxSpoolSize));
        Assert.Equal(
            ("http://minio:9000", "us-east-1", true, "A"),
            (
                settings.AccessLogs.S3.ServiceUrl, settings.AccessLogs.S3.Region, settings.AccessLogs.S3.ForcePathStyle,
                settings.AccessLogs.S3.AccessKeyId));
    }

    [Fact]
    public void Service_paths_are_those_of_Eucalyptus_and_of_Libcloud_unless_others_are_given()
    {
        var unset = CloudLbSettings.Read([]).Server.ServicePaths;

        Assert.Equal(["/services/LoadBalancing", "/2012-06-01", "/2015-12-01"], [unset[0], .. unset[^2..]]);
        Assert.Equal(["/elb", "/iam"], CloudLbSettings.Read(["--ServicePaths=/elb,/iam"]).Server.ServicePaths);
        Assert.Equal(["X-A", "X-B"], CloudLbSettings.Read(["--HAProxy:HeaderNames=X-A X-B,"]).HAProxy.HeaderNames);
    }

    [Fact]
    public void A_key_may_be_for_a_member_machine_alone()
    {
        var key = CloudLbSettings.Read(
        [
            "--AccessKeys:0:AccountId=123456789012", "--AccessKeys:0:AccessKeyId=AKIDMEMBER", "--AccessKeys:0:SecretAccessKey=s",
            "--AccessKeys:0:Permission=registerself", "--AccessKeys:0:LoadBalancers=web,api",
            "--AccessKeys:0:Instances=i-0a1b2c3d,10.0.0.5",
        ]).Server.AccessKeys[0];

        Assert.Equal(AccessKeyPermission.RegisterSelf, key.Permission);
        Assert.Equal(["web", "api"], key.LoadBalancers);
        Assert.Equal(["i-0a1b2c3d", "10.0.0.5"], key.Instances);
    }

    [Fact]
    public void The_data_directory_may_hold_a_settings_file_which_the_command_line_overrides()
    {
        var directory = Directory.CreateTempSubdirectory("clb-settings-");
        try
        {
            var file = Path.Combine(directory.FullName, "appsettings.json");
            File.WriteAllText(file, """{ "CloudLb": { "AccountId": "111111111111", "DnsSuffix": "lb.example" } }""");
            var settings = CloudLbSettings.Read([$"--DataDirectory={directory.FullName}", "--DnsSuffix=other.example"]);
            Assert.Equal(("111111111111", "other.example"), (settings.Server.AccountId, settings.Server.DnsSuffix));

            File.WriteAllText(file, """{ "CloudLb": { "DataDirectory": "/elsewhere" } }""");
            Assert.Contains("remove it there", Refusal(), StringComparison.Ordinal);

            File.WriteAllText(file, """{ "CloudLb": """);
            Assert.Contains(file, Refusal(), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        string Refusal() => Assert.Throws<SettingsException>(() => CloudLbSettings.Read([$"--DataDirectory={directory.FullName}"])).Message;
    }

    [Fact]
    public void A_region_may_name_its_zones() =>
        Assert.Equal(["x1", "x2"], CloudLbSettings.Read(["--Zones:us-east-1=x1,x2"]).Server.Zones["us-east-1"]);

    [Fact]
    public void Addresses_belong_to_accounts_each_by_one_id()
    {
        const string Of1 = "--ElasticAddresses:123456789012:eipalloc-1=203.0.113.7";
        var settings = CloudLbSettings.Read([Of1, "--ElasticAddresses:210987654321:eipalloc-1=203.0.113.8"]);

        Assert.Equal("203.0.113.7", settings.ElasticAddresses.Find(new("123456789012"), "eipalloc-1")!.ToString());
        Assert.Equal("203.0.113.8", settings.ElasticAddresses.Find(new("210987654321"), "eipalloc-1")!.ToString());
        Assert.Null(settings.ElasticAddresses.Find(new("123456789012"), "eipalloc-2"));
        Assert.Contains("203.0.113.7/32", settings.AllAddresses.Select(network => network.ToString()));
        Assert.Contains(
            "an address is of one allocation alone",
            Assert.Throws<SettingsException>(
                () => CloudLbSettings.Read([Of1, "--ElasticAddresses:210987654321:eipalloc-2=203.0.113.7"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Url=https://127.0.0.1:8443", "CertificateFile")]
    [InlineData("--CertificateFile=x.pem", "no effect")]
    [InlineData("--CertificateFile=", "CloudLb:CertificateFile is empty")]
    [InlineData("--CertificateKeyFile=x.pem", "x.pem, which does not exist")]
    [InlineData("--Regions=us_east", "CloudLb:Regions has 'us_east'")]
    [InlineData("--Zones:us_east=a", "CloudLb:Zones has 'us_east'")]
    [InlineData("--Url=http://example.com:8000", "address of this machine")]
    [InlineData("--Url=http://127.0.0.1:8000/path", "CloudLb:Url")]
    [InlineData("--Quotas:classic-load-balancers=0", "1 at least")]
    [InlineData("--AccessKeys:0:AccessKeyId=AKID", "CloudLb:AccessKeys:0")]
    [InlineData("--AddressPool=::/0", "prefix of 8")]
    [InlineData("--IPv6AddressPool=10.0.0.0/24", "CloudLb:IPv6AddressPool has 10.0.0.0/24, which is no network of IPv6")]
    [InlineData("--IPv6AddressPool=fd00:1::/4", "prefix of 8")]
    [InlineData("--ElasticAddresses:12:eipalloc-1=10.9.0.7", "'12', which is no account")]
    [InlineData("--ElasticAddresses:123456789012:eipalloc_1=10.9.0.7", "'eipalloc_1', which is no allocation id")]
    [InlineData("--ElasticAddresses:123456789012:eipalloc-1=0.0.0.0", "eipalloc-1 is '0.0.0.0'")]
    [InlineData("--ElasticAddresses:123456789012:eipalloc-1=224.0.0.1", "eipalloc-1 is '224.0.0.1'")]
    [InlineData("--ElasticAddresses:123456789012:eipalloc-1=10.9", "eipalloc-1 is '10.9'")]
    [InlineData("--ElasticAddresses:123456789012:eipalloc-1=fd00::1", "eipalloc-1 is 'fd00::1'")]
    [InlineData("--AllowSignatureVersion2=2", "true or false")]
    [InlineData("--Audit:MaxFiles=0", "MaxFiles")]
    [InlineData("--Audit:Enabled=perhaps", "true or false")]
    [InlineData("--Throttling:Burst=5", "has no effect")]
    [InlineData("--Inventory:File=", "CloudLb:Inventory:File is ''")]
    [InlineData("--Inventory:Ec2Region=us-east-1", "Ec2Region has no effect")]
    [InlineData("--Inventory:Ec2Timeout=00:00:01", "Ec2Timeout has no effect")]
    [InlineData("--Inventory:Ec2Endpoint=http://127.0.0.1:1/", "must both be given")]
    [InlineData("--Inventory:Ec2Endpoint=ec2.example", "must be an http:// or https:// URL")]
    [InlineData("--Inventory:Ec2Endpoint=http://me@127.0.0.1/?x", "without a query and a user")]
    [InlineData("--Throttling:RequestsPerSecond=-1", "RequestsPerSecond")]
    [InlineData("--AccessKeys:0:Permision=ReadOnly", "CloudLb:AccessKeys:0:Permision is not a setting. Did you mean Permission?")]
    [InlineData("--HAProxy:Thread=2", "Did you mean Threads?")]
    [InlineData("--AccessKeys:0:Permission=7", "Full, ReadOnly, RegisterSelf")]
    [InlineData("--AccessKeys:0:Permission=Some", "Full, ReadOnly, RegisterSelf")]
    [InlineData("--AccessKeys:0:Permission=RegisterSelf", "CloudLb:AccessKeys:0:LoadBalancers")]
    [InlineData("--AccessKeys:0:LoadBalancers=web", "have no effect")]
    [InlineData("--Metrics:Url=https://127.0.0.1:9400", "must be http://")]
    [InlineData("--Metrics:Url=http://example.com:9400", "address of this machine")]
    [InlineData("--Metrics:OtlpEndpoint=collector:4318", "such as http://127.0.0.1:4318")]
    [InlineData("--Metrics:OtlpInterval=00:00:00", "OtlpInterval")]
    [InlineData("--ServicePaths=/metrics", "where monitoring is answered")]
    [InlineData("--HAProxy:MaxConnectionsPerInstance=-1", "MaxConnectionsPerInstance")]
    [InlineData("--HAProxy:HeaderNames=X-A,X:B", "'X:B', which is no name of a header")]
    [InlineData("--ServicePaths=/a/{b}", "no path")]
    [InlineData("--Storage:DataDirectory=/x", "is not a setting")]
    public void A_fault_says_what_is_wrong(string argument, string words) =>
        Assert.Contains(words, Assert.Throws<SettingsException>(() => CloudLbSettings.Read([argument])).Message);
}
