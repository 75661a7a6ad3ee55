#!/usr/bin/env bash
# Runs tests with another QGIS than the one of Debian 12: in a Debian of its own
# inside .run/, which is made once (about five minutes) and used again.
#
#   tools/other_qgis.sh 3.40|3.44 [files and options of pytest]
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:-}
case $version in
    3.40) release=bookworm ;;
    3.44) release=trixie ;;
    *) echo "usage: $0 3.40|3.44 [files and options of pytest]" >&2; exit 2 ;;
esac
shift
((EUID == 0)) || { echo "run it as root: it makes a Debian to change into" >&2; exit 1; }
command -v debootstrap >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq debootstrap >/dev/null

system=$PWD/.run/debian-$version
place=/srv/kmzb/main
if [ ! -e "$system/ready" ]; then
    echo "== making a Debian with QGIS $version"
    rm -rf "$system"
    debootstrap --variant=minbase --include=ca-certificates,make,git $release "$system" >/dev/null
    cat > "$system/etc/apt/sources.list.d/backports.list" <<SOURCE
deb http://deb.debian.org/debian $release-backports main
SOURCE
    cat > "$system/etc/apt/preferences.d/qgis" <<PIN
Package: src:qgis
Pin: release n=$release-backports
Pin-Priority: 900
PIN
    touch "$system/ready"
fi

# how this machine reaches the registries
for path in /etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ -e "$path" ] && install -D -m 644 "$path" "$system$path"
done

# the files as they are here, but for what git ignores; .venv of an earlier run stays
mkdir -p "$system$place"
find "$system$place" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read --create --file=- | tar -xf - -C "$system$place"
if [ -d ../shared ]; then
    rm -rf "$system/srv/kmzb/shared"
    cp -r ../shared "$system/srv/kmzb/shared"
fi

# Mounts in a namespace of their own end with the run, however it ends.
exec unshare --mount --propagation private bash -s -- "$system" "$place" "${@:-tests/plugin tests/end_to_end tests/service/test_ogc_qgis.py}" <<'RUN'
set -euo pipefail
system=$1 place=$2
shift 2
mount -t proc proc "$system/proc"
mount --rbind /dev "$system/dev"
exec chroot "$system" bash -c '
    cd "$1" && shift && make --silent setup package
    /usr/bin/python3 -c "from qgis.core import Qgis; print(\"== QGIS\", Qgis.QGIS_VERSION)"
    QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 exec .venv/bin/python -m pytest -n 2 --max-worker-restart 0 --dist loadfile $*
' tests "$place" "$@"
RUN
